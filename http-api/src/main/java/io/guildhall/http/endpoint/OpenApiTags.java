package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The tags of the OpenAPI document with their descriptions, in the order of {@code tags.json}. A path belongs to the
 * tag that lists its last listed segment. A path without a listed segment gets {@link #OTHER}.
 */
record OpenApiTags(List<Tag> tags) {
    static final Tag OTHER = new Tag("Other", "Endpoints without a tag.", List.of());

    record Tag(String name, String description, List<String> segments) {}

    static OpenApiTags read() {
        try (var file = OpenApiTags.class.getResourceAsStream("tags.json")) {
            return new OpenApiTags(new ObjectMapper().readValue(file, new TypeReference<>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Tag of(String path) {
        return Arrays.asList(path.split("/")).reversed().stream()
                .flatMap(segment -> tags.stream().filter(tag -> tag.segments().contains(segment)))
                .findFirst()
                .orElse(OTHER);
    }

    /** The tags that at least one of the paths has, in order. */
    List<Tag> of(Collection<String> paths) {
        var used = paths.stream().map(this::of).distinct().toList();
        var ordered = new ArrayList<>(tags);
        ordered.add(OTHER);
        ordered.retainAll(used);
        return List.copyOf(ordered);
    }
}
