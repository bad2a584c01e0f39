package io.guildhall.kernel;

import java.io.Serial;

/** A text from outside violates a rule. The message completes a sentence that begins with the name of the text. */
public final class InvalidTextException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean isMalformed;

    private InvalidTextException(String message, boolean isMalformed) {
        super(message);
        this.isMalformed = isMalformed;
    }

    /** The text is too long, or has characters that no text of its kind has. */
    static InvalidTextException malformed(String message) {
        return new InvalidTextException(message, true);
    }

    /** The text has the right form, but the value is wrong. */
    static InvalidTextException invalid(String message) {
        return new InvalidTextException(message, false);
    }

    public boolean isMalformed() {
        return isMalformed;
    }
}
