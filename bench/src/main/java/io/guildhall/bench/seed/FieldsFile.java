package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How fields are written: a block for each, begun by {@code @ slug}; then lines of a key, a colon and a text. Sentences have a line each under
 * a repeated key; the other lists stand in one line, divided by semicolons.
 */
final class FieldsFile {
    private static final Set<String> SENTENCES = Set.of("bio", "offer", "need");

    private FieldsFile() {}

    static List<Field> read(Stream<String> lines) {
        var blocks = new ArrayList<Map<String, List<String>>>();
        lines.map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    if (line.startsWith("@ ")) {
                        blocks.add(new LinkedHashMap<>(
                                Map.of("slug", List.of(line.substring(2).strip()))));
                    } else {
                        int colon = line.indexOf(':');
                        if (colon < 1) throw new IllegalArgumentException("no key in: " + line);
                        add(
                                blocks.getLast(),
                                line.substring(0, colon),
                                line.substring(colon + 1).strip());
                    }
                });
        return blocks.stream().map(FieldsFile::field).toList();
    }

    private static void add(Map<String, List<String>> block, String key, String text) {
        if (SENTENCES.contains(key))
            block.computeIfAbsent(key, _ -> new ArrayList<>()).add(text);
        else if (block.put(key, split(text)) != null)
            throw new IllegalArgumentException(block.get("slug") + " says " + key + " twice");
    }

    static List<String> split(String text) {
        return Stream.of(text.split(";"))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private static Field field(Map<String, List<String>> block) {
        return new Field(
                one(block, "slug"),
                one(block, "name"),
                one(block, "category"),
                Set.copyOf(many(block, "near")),
                many(block, "terms"),
                many(block, "plain"),
                many(block, "skills"),
                many(block, "tools"),
                many(block, "makes"),
                range(block, "price"),
                range(block, "rate"),
                range(block, "days"),
                many(block, "heads"),
                many(block, "gigs"),
                many(block, "jobs"),
                many(block, "bio"),
                many(block, "offer"),
                many(block, "need"));
    }

    private static String one(Map<String, List<String>> block, String key) {
        return many(block, key).getFirst();
    }

    private static List<String> many(Map<String, List<String>> block, String key) {
        var found = block.getOrDefault(key, List.of());
        if (found.isEmpty()) throw new IllegalArgumentException(block.get("slug") + " lacks " + key);
        return List.copyOf(found);
    }

    private static Field.Range range(Map<String, List<String>> block, String key) {
        var ends = one(block, key).split(" ");
        return new Field.Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }
}
