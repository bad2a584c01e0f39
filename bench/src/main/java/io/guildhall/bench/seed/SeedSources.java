package io.guildhall.bench.seed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The hand-written texts from which the marketplace is generated.
 *
 * @param common texts that fit every field, by the name of their list
 */
record SeedSources(
        List<WorkField> fields, Map<String, List<String>> common, List<Names> names, List<SeedQuery> queries) {
    private static final List<String> FIELD_FILES =
            List.of("web-and-software", "design-and-media", "words-and-marketing", "business-and-life");

    /** @param country ISO 3166-1 alpha-2 */
    record Names(String country, List<String> given, List<String> family) {}

    static SeedSources load() {
        var fields = FIELD_FILES.stream()
                .flatMap(file -> WorkFieldParser.parse(lines("fields/" + file + ".txt")).stream())
                .toList();
        var names = rows("names.tsv")
                .map(row -> new Names(row[0], WorkFieldParser.split(row[1]), WorkFieldParser.split(row[2])))
                .toList();
        var queries = rows("queries.tsv")
                .map(row -> new SeedQuery(row[2], row[1], row[0]))
                .toList();
        return new SeedSources(fields, readCommon(), names, queries);
    }

    /** @throws IllegalArgumentException if no list has this name */
    List<String> common(String list) {
        var texts = common.get(list);
        if (texts == null) throw new IllegalArgumentException("no list is named " + list);
        return texts;
    }

    private static Map<String, List<String>> readCommon() {
        var lists = new HashMap<String, List<String>>();
        var current = new ArrayList<String>();
        for (var line : lines("common.txt").toList()) {
            if (line.isBlank() || line.startsWith("#")) continue;
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                lists.put(line.substring(1, line.indexOf(']')), current);
            } else {
                current.add(line.strip());
            }
        }
        return lists;
    }

    private static Stream<String[]> rows(String file) {
        return lines(file)
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t"));
    }

    private static Stream<String> lines(String file) {
        try (var in = SeedSources.class.getResourceAsStream("/seed/" + file);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
