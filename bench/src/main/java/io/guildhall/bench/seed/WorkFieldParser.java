package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Parses the files of work fields. A field is a block that starts with {@code @ slug}, followed by lines
 * {@code key: text}. The keys for sentences are repeated, with one sentence in each line; the other lists are in one
 * line, separated by semicolons.
 */
final class WorkFieldParser {
    private static final Set<String> SENTENCE_KEYS = Set.of("bio", "offer", "need");

    private WorkFieldParser() {}

    static List<WorkField> parse(Stream<String> lines) {
        var blocks = new ArrayList<Map<String, List<String>>>();
        lines.map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    if (line.startsWith("@ ")) {
                        blocks.add(new LinkedHashMap<>(
                                Map.of("slug", List.of(line.substring(2).strip()))));
                    } else {
                        int colon = line.indexOf(':');
                        if (colon < 1) throw new IllegalArgumentException("line without a key: " + line);
                        add(
                                blocks.getLast(),
                                line.substring(0, colon),
                                line.substring(colon + 1).strip());
                    }
                });
        return blocks.stream().map(WorkFieldParser::field).toList();
    }

    private static void add(Map<String, List<String>> block, String key, String text) {
        if (SENTENCE_KEYS.contains(key))
            block.computeIfAbsent(key, _ -> new ArrayList<>()).add(text);
        else if (block.put(key, split(text)) != null)
            throw new IllegalArgumentException(block.get("slug") + " has the key " + key + " twice");
    }

    static List<String> split(String text) {
        return Stream.of(text.split(";"))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private static WorkField field(Map<String, List<String>> block) {
        return new WorkField(
                single(block, "slug"),
                single(block, "name"),
                single(block, "category"),
                Set.copyOf(list(block, "near")),
                list(block, "terms"),
                list(block, "plain"),
                list(block, "skills"),
                list(block, "tools"),
                list(block, "makes"),
                range(block, "price"),
                range(block, "rate"),
                range(block, "days"),
                list(block, "heads"),
                list(block, "gigs"),
                list(block, "jobs"),
                list(block, "bio"),
                list(block, "offer"),
                list(block, "need"));
    }

    private static String single(Map<String, List<String>> block, String key) {
        return list(block, key).getFirst();
    }

    private static List<String> list(Map<String, List<String>> block, String key) {
        var values = block.getOrDefault(key, List.of());
        if (values.isEmpty()) throw new IllegalArgumentException(block.get("slug") + " has no " + key);
        return List.copyOf(values);
    }

    private static WorkField.Range range(Map<String, List<String>> block, String key) {
        var ends = single(block, key).split(" ");
        return new WorkField.Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }
}
