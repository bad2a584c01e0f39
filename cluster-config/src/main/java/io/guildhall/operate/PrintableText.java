package io.guildhall.operate;

/** Texts that others wrote, for a terminal: they cannot move the cursor, forge a line or reverse the direction of writing. */
public final class PrintableText {
    private PrintableText() {}

    /** Returns the text with an escape such as {@code \u001B} for each character that is not printed as itself. */
    public static String of(String text) {
        var printable = new StringBuilder(text.length());
        text.codePoints().forEach(it -> {
            if (isPrintable(it)) printable.appendCodePoint(it);
            else printable.append(Character.isBmpCodePoint(it) ? "\\u%04X".formatted(it) : "\\U%08X".formatted(it));
        });
        return printable.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
