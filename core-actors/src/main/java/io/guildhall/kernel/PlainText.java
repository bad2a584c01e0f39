package io.guildhall.kernel;

/**
 * The rule for all texts from outside: valid Unicode without control characters, except line ends and tabs. A database
 * cannot store a NUL, and JSON cannot contain half a surrogate pair.
 */
public final class PlainText {
    /** Unicode counts the fillers of Hangul as letters and the blank of Braille as a symbol. */
    private static final String BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800";

    private PlainText() {}

    public static boolean isValid(String text) {
        return text.codePoints().allMatch(PlainText::isAllowed);
    }

    /** The number of characters of Unicode; an emoji of one code point is one. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether the text has no line breaks, tabs and other control characters. */
    public static boolean isOneLine(String text) {
        return text.codePoints().noneMatch(it -> switch (Character.getType(it)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        });
    }

    /** Whether a reader sees something of the text: it has a character that is not blank, not a mark and not invisible. */
    public static boolean isVisible(String text) {
        return text.codePoints().anyMatch(PlainText::isVisible);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> BLANK_LETTERS.indexOf(character) < 0;
        };
    }

    private static boolean isAllowed(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\n' || character == '\r' || character == '\t';
            case Character.SURROGATE -> false;
            default -> true;
        };
    }
}
