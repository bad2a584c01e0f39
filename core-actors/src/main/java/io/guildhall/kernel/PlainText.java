package io.guildhall.kernel;

/**
 * The rule for all texts from outside: valid Unicode without control characters, except line ends and tabs. A database
 * cannot store a NUL, and JSON cannot contain half a surrogate pair.
 */
public final class PlainText {
    private PlainText() {}

    public static boolean isValid(String text) {
        return text.codePoints().allMatch(PlainText::isAllowed);
    }

    private static boolean isAllowed(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\n' || character == '\r' || character == '\t';
            case Character.SURROGATE -> false;
            default -> true;
        };
    }
}
