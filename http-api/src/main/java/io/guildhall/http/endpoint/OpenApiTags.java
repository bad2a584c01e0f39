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
 * The chapters of the API's document, in the order in which people need them; their names and words are in {@code chapters.json}. A path belongs
 * to the chapter that names the last of its segments that any chapter names; one that no chapter knows goes under {@link #OTHER}.
 */
record OpenApiTags(List<Chapter> chapters) {
    static final Chapter OTHER = new Chapter("Other", "What has no chapter of its own.", List.of());

    record Chapter(String name, String about, List<String> segments) {}

    static OpenApiTags read() {
        try (var file = OpenApiTags.class.getResourceAsStream("chapters.json")) {
            return new OpenApiTags(new ObjectMapper().readValue(file, new TypeReference<>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Chapter of(String path) {
        return Arrays.asList(path.split("/")).reversed().stream()
                .flatMap(segment -> chapters.stream().filter(it -> it.segments().contains(segment)))
                .findFirst()
                .orElse(OTHER);
    }

    /** Those that have something in them, in order. */
    List<Chapter> of(Collection<String> paths) {
        var used = paths.stream().map(this::of).distinct().toList();
        var ordered = new ArrayList<>(chapters);
        ordered.add(OTHER);
        ordered.retainAll(used);
        return List.copyOf(ordered);
    }
}
