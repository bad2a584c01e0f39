package io.guildhall;

/** A command line that says nothing that can be done; exit code 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message + " See ./guildhall help.");
    }
}
