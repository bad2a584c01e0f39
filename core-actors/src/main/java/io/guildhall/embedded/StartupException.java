package io.guildhall.embedded;

/** Why the program cannot start, in words that name the remedy: shown to the person who started it, without a stack trace. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartupException(String message) {
        super(message);
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
