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
 * Everything written by hand that the marketplace is made of.
 *
 * @param common lists of what anybody may say, by name
 */
record Parts(List<Field> fields, Map<String, List<String>> common, List<Names> names, List<SeedQuery> queries) {
    private static final List<String> FIELD_FILES =
            List.of("web-and-software", "design-and-media", "words-and-marketing", "business-and-life");

    /** @param country ISO 3166-1 alpha-2 */
    record Names(String country, List<String> given, List<String> family) {}

    static Parts load() {
        var fields = FIELD_FILES.stream()
                .flatMap(file -> FieldsFile.read(lines("fields/" + file + ".txt")).stream())
                .toList();
        var names = rows("names.tsv")
                .map(row -> new Names(row[0], FieldsFile.split(row[1]), FieldsFile.split(row[2])))
                .toList();
        var queries = rows("queries.tsv")
                .map(row -> new SeedQuery(row[2], row[1], row[0]))
                .toList();
        return new Parts(fields, readCommon(), names, queries);
    }

    /** What anybody may say of that kind. */
    List<String> common(String list) {
        var found = common.get(list);
        if (found == null) throw new IllegalArgumentException("there is no list " + list);
        return found;
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
        try (var in = Parts.class.getResourceAsStream("/seed/" + file);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
