package io.guildhall.bench.seed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes the demo marketplace as files of JSON lines. */
final class JsonLinesWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record JudgementLine(String id, String field, String secondField) {}

    private record FieldLine(String field, String name, List<String> related, List<String> terms, List<String> plain) {}

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

    private static Stream<JudgementLine> judgements(RelevanceJudgements judgements) {
        return judgements.documents("").map(id -> {
            var topic = judgements.topic(id);
            return new JudgementLine(id, topic.field(), topic.secondField().orElse(""));
        });
    }

    private static Stream<FieldLine> fields() {
        return SeedSources.load().fields().stream()
                .map(field -> new FieldLine(
                        field.slug(),
                        field.name(),
                        field.related().stream().sorted().toList(),
                        field.terms(),
                        field.plain()));
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
