package io.guildhall.bench.client;

/** There was no definite answer within the bound; it may or may not have been done. */
public final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoAnswer(String message) {
        super(message);
    }

    public NoAnswer(String message, Throwable cause) {
        super(message, cause);
    }
}
