package io.guildhall.embedded;

/** Why the program cannot start, in words that name the remedy: shown to the person who started it, without a stack trace. */
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Trouble(String message) {
        super(message);
    }

    public Trouble(String message, Throwable cause) {
        super(message, cause);
    }
}
