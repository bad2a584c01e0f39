package io.guildhall.bench.demo;

import java.util.List;
import java.util.Locale;

/** Where a walk is written down, well laid out; with colours on a terminal only. */
final class Paper {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colours =
            System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null;
    private int chapter;

    void title(String text) {
        System.out.println("\n" + in(BOLD, text) + "\n" + "═".repeat(text.length()));
    }

    void chapter(String text) {
        System.out.println("\n" + in(BOLD, ++chapter + ". " + text));
    }

    void step(String text) {
        System.out.println("   " + in(GREEN, "✓") + " " + text);
    }

    void detail(String text) {
        System.out.println("     " + in(DIM, text));
    }

    void wrong(String text) {
        System.out.println("   " + in(RED, "✗ " + text));
    }

    void end(String text) {
        System.out.println("\n" + in(BOLD + GREEN, text) + "\n");
    }

    /** Columns as wide as what is in them; those whose heading begins with a blank are figures, and flush right. */
    void table(List<String> headings, List<List<String>> rows) {
        var widths = headings.stream().mapToInt(String::length).toArray();
        for (var row : rows)
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        System.out.println("     " + in(DIM, line(headings, headings, widths)));
        for (var row : rows) System.out.println("     " + line(headings, row, widths));
    }

    private static String line(List<String> headings, List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            boolean isFigure = headings.get(i).startsWith(" ");
            line.append(String.format(Locale.ROOT, "%" + (isFigure ? "" : "-") + widths[i] + "s  ", row.get(i)));
        }
        return line.toString().stripTrailing();
    }

    static String money(long cents) {
        return String.format(
                Locale.ROOT, "%s%,d.%02d", cents < 0 ? "-" : "", Math.abs(cents) / 100, Math.abs(cents) % 100);
    }

    private String in(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }
}
