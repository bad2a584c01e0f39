package io.guildhall.kernel;

import java.util.Optional;

/**
 * The kinds of texts from outside. Each is valid Unicode without control characters: a database cannot store a NUL, and
 * JSON cannot contain half a surrogate pair.
 */
public enum TextKind {
    /** For programs: one line, unchanged. */
    PLAIN_TEXT,

    /**
     * For people: one line in NFC without space at its ends. No character changes the direction of the text. A text without
     * a visible character is empty.
     */
    SINGLE_LINE,

    /**
     * For people: lines in NFC that end with a line feed, without space before the first and after the last. A text without
     * a visible character is empty.
     */
    PARAGRAPHS,

    /** One line in NFC, so that each keyboard and system writes the same password. Space is kept. */
    PASSWORD;

    /** The form in which the text is checked and stored. A text with a forbidden character stays as it is. */
    public String normalise(String text) {
        if (Characters.controlError(text).isPresent()) return text;
        return switch (this) {
            case PLAIN_TEXT -> text;
            case PASSWORD -> Characters.nfc(text);
            case SINGLE_LINE -> Characters.lineError(text).isEmpty() ? trim(Characters.nfc(text)) : text;
            case PARAGRAPHS -> trim(Characters.nfc(text).replace("\r\n", "\n").replace('\r', '\n'));
        };
    }

    private static String trim(String text) {
        return Characters.isVisible(text) ? Characters.trim(text) : "";
    }

    /** What every text must be, to complete a sentence; empty if it is. */
    public static Optional<String> controlError(String text) {
        return Characters.controlError(text);
    }

    /** What a normalised text must be, to complete a sentence; empty if it is. */
    public Optional<String> error(String text) {
        return switch (this) {
            case PARAGRAPHS -> Characters.controlError(text);
            case PLAIN_TEXT, SINGLE_LINE, PASSWORD ->
                Characters.controlError(text)
                        .or(() -> Characters.lineError(text))
                        .or(() -> Characters.directionError(text));
        };
    }
}
