package io.guildhall;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Aligns the columns of a table for the command line. */
final class TextTable {
    private TextTable() {}

    /** @param rows with the same number of values each; the last one is not padded */
    static List<String> lines(List<List<String>> rows) {
        if (rows.isEmpty()) return List.of();
        int last = rows.getFirst().size() - 1;
        var widths = IntStream.range(0, last)
                .map(column -> rows.stream()
                        .mapToInt(it -> it.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, last)
                        .mapToObj(column -> pad(row.get(column), widths[column]))
                        .collect(Collectors.joining("  ", "", "  " + row.get(last)))
                        .stripTrailing())
                .toList();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
