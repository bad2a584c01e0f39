package io.guildhall.bench.demo;

import java.util.List;
import java.util.Locale;

/** Prints the steps of the demo. Uses colours on a terminal only, and not if {@code NO_COLOR} is set. */
final class Transcript {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";

    @SuppressWarnings("SystemConsoleNull") // Where no terminal is known, it may still be null.
    private final boolean usesColours =
            System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null;

    private int sections;

    void title(String text) {
        System.out.println("\n" + styled(BOLD, text) + "\n" + "═".repeat(text.length()));
    }

    void section(String text) {
        System.out.println("\n" + styled(BOLD, ++sections + ". " + text));
    }

    void step(String text) {
        System.out.println("   " + styled(GREEN, "✓") + " " + text);
    }

    void detail(String text) {
        System.out.println("     " + styled(DIM, text));
    }

    void failure(String text) {
        System.out.println("   " + styled(RED, "✗ " + text));
    }

    void success(String text) {
        System.out.println("\n" + styled(BOLD + GREEN, text) + "\n");
    }

    /** @param headings one that starts with a space is the heading of numbers, which are right-aligned */
    void table(List<String> headings, List<List<String>> rows) {
        var widths = headings.stream().mapToInt(String::length).toArray();
        for (var row : rows)
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        System.out.println("     " + styled(DIM, line(headings, headings, widths)));
        for (var row : rows) System.out.println("     " + line(headings, row, widths));
    }

    private static String line(List<String> headings, List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            boolean isNumber = headings.get(i).startsWith(" ");
            line.append(String.format(Locale.ROOT, "%" + (isNumber ? "" : "-") + widths[i] + "s  ", row.get(i)));
        }
        return line.toString().stripTrailing();
    }

    static String money(long cents) {
        return String.format(
                Locale.ROOT, "%s%,d.%02d", cents < 0 ? "-" : "", Math.abs(cents) / 100, Math.abs(cents) % 100);
    }

    private String styled(String style, String text) {
        return usesColours ? style + text + RESET : text;
    }
}
