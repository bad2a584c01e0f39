package io.guildhall.bench.client;

/** There was no definite response within the timeout. A request may or may not have been executed. */
public final class NoResponseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoResponseException(String message) {
        super(message);
    }

    public NoResponseException(String message, Throwable cause) {
        super(message, cause);
    }
}
