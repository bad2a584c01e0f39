package io.guildhall.domain.escrow;

/**
 * A call to the provider that is not settled.
 *
 * @param attempt from 1; with the escrow it makes the idempotency key
 * @param how what is known of it
 * @param detail why it failed, or the payment that waits for the client; empty otherwise
 */
public record Pending(int attempt, How how, String detail) {
    public enum How {
        ASKED,
        ACTION_REQUIRED,
        UNKNOWN,
        FAILED
    }

    static Pending asked(int attempt) {
        return new Pending(attempt, How.ASKED, "");
    }

    Pending now(How changed, String said) {
        return new Pending(attempt, changed, said);
    }

    boolean is(int told) {
        return attempt == told;
    }
}
