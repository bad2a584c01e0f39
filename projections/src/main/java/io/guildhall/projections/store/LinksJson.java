package io.guildhall.projections.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.projections.readmodel.notification.Link;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Reads and writes columns with links: an array of objects with {@code kind} and {@code id}. */
public final class LinksJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LinksJson() {}

    public static String write(List<Link> links) {
        var array = JSON.createArrayNode();
        for (var link : links) array.addObject().put("kind", link.kind().name()).put("id", link.id());
        return array.toString();
    }

    /** Skips kinds that this version does not know: during a rolling upgrade a newer node may have written them. */
    public static List<Link> read(String json) {
        try {
            var links = new ArrayList<Link>();
            for (JsonNode link : JSON.readTree(json))
                kind(link.path("kind").asText())
                        .ifPresent(kind -> links.add(kind.link(link.path("id").asText())));
            return links;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("These links are not JSON: " + json, e);
        }
    }

    private static Optional<Link.Kind> kind(String name) {
        return EnumSet.allOf(Link.Kind.class).stream()
                .filter(it -> it.name().equals(name))
                .findFirst();
    }
}
