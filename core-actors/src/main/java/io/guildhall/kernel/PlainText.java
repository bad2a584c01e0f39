package io.guildhall.kernel;

/**
 * The one rule for texts from outside, whichever way they come: whole Unicode, no control characters but line ends and tabs. A database
 * cannot keep a NUL, JSON cannot carry half a character, and a reader sees neither.
 */
public final class PlainText {
    private PlainText() {}

    public static boolean is(String text) {
        return text.codePoints().allMatch(PlainText::isPlain);
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\n' || character == '\r' || character == '\t';
            case Character.SURROGATE -> false;
            default -> true;
        };
    }
}
