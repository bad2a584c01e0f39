package io.guildhall.bench.seed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the demo marketplace as files of JSON lines. */
final class JsonLinesWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonLinesWriter() {}

    static void write(Path folder, Marketplace marketplace) {
        try {
            Files.createDirectories(folder);
            write(folder.resolve("users.jsonl"), marketplace.users().stream().map(SeedBatch::user));
            write(folder.resolve("gigs.jsonl"), marketplace.gigs().stream());
            write(folder.resolve("jobs.jsonl"), marketplace.jobs().stream());
            write(folder.resolve("queries.jsonl"), Marketplace.queries().stream());
            write(folder.resolve("judgements.jsonl"), judgements(marketplace.judgements()));
            write(folder.resolve("fields.jsonl"), fields());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<?> judgements(RelevanceJudgements judgements) {
        return judgements.documents("").map(id -> {
            var topic = judgements.topic(id);
            return Map.of(
                    "id",
                    id,
                    "field",
                    topic.field(),
                    "secondField",
                    topic.secondField().orElse(""));
        });
    }

    private static Stream<?> fields() {
        return SeedSources.load().fields().stream()
                .map(field -> Map.of(
                        "field", field.slug(),
                        "name", field.name(),
                        "related", field.related().stream().sorted().toList(),
                        "terms", field.terms(),
                        "plain", field.plain()));
    }

    private static void write(Path file, Stream<?> rows) throws IOException {
        Files.write(file, rows.map(JsonLinesWriter::json).toList());
    }

    private static String json(Object row) {
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + row, e);
        }
    }
}
