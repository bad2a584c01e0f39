package io.guildhall;

/** An invalid command line. The program ends with exit code 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message + " See ./guildhall help.");
    }

    static UsageException unknownOption(String option) {
        return new UsageException("Unknown option " + option + ".");
    }
}
