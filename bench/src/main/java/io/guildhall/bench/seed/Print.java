package io.guildhall.bench.seed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The marketplace as files of JSON lines, for people and other programs to look at. */
final class Print {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Print() {}

    static void to(Path folder, Marketplace marketplace) {
        try {
            Files.createDirectories(folder);
            write(folder.resolve("people.jsonl"), marketplace.people().stream().map(Batch::person));
            write(folder.resolve("gigs.jsonl"), marketplace.gigs().stream());
            write(folder.resolve("jobs.jsonl"), marketplace.jobs().stream());
            write(folder.resolve("queries.jsonl"), Marketplace.queries().stream());
            write(folder.resolve("truth.jsonl"), truth(marketplace.truth()));
            write(folder.resolve("fields.jsonl"), fields());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<?> truth(Truth truth) {
        return truth.documents("").map(id -> {
            var topic = truth.topic(id);
            return Map.of("id", id, "field", topic.field(), "side", topic.side().orElse(""));
        });
    }

    private static Stream<?> fields() {
        return Parts.load().fields().stream()
                .map(field -> Map.of(
                        "field", field.slug(),
                        "name", field.name(),
                        "near", field.near().stream().sorted().toList(),
                        "terms", field.terms(),
                        "plain", field.plain()));
    }

    private static void write(Path file, Stream<?> rows) throws IOException {
        Files.write(file, (Iterable<String>) rows.map(Print::json)::iterator);
    }

    private static String json(Object row) {
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + row, e);
        }
    }
}
