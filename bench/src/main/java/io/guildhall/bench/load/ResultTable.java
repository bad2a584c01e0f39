package io.guildhall.bench.load;

import java.util.ArrayList;
import java.util.List;

/** Prints measurements in four columns, by default next to their goals. */
public final class ResultTable {
    private final List<List<String>> rows = new ArrayList<>();

    public ResultTable() {
        this(List.of("measured", "figure", "spread", "goal"));
    }

    /** @param headings of the four columns */
    public ResultTable(List<String> headings) {
        rows.add(headings);
    }

    public void row(String what, String figure, String spread, String goal) {
        rows.add(List.of(what, figure, spread, goal));
    }

    public void print() {
        var widths = new int[4];
        for (var row : rows)
            for (int i = 0; i < 4; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        System.out.println();
        for (var row : rows) {
            var line = new StringBuilder("  ");
            for (int i = 0; i < 4; i++)
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            System.out.println(line.toString().stripTrailing());
        }
        System.out.println();
    }
}
