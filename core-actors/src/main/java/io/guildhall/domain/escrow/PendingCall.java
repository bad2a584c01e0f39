package io.guildhall.domain.escrow;

import java.time.Instant;

/**
 * A call to the provider that is not settled.
 *
 * @param attempt from 1; with the escrow it makes the idempotency key
 * @param since when it was intended: a provider remembers a key for so long and no longer
 * @param how what is known of it
 * @param detail why it failed, or the payment that waits for the client; empty otherwise
 */
public record PendingCall(int attempt, Instant since, How how, String detail) {
    public enum How {
        ASKED,
        ACTION_REQUIRED,
        UNKNOWN,
        FAILED
    }

    static PendingCall asked(int attempt, Instant since) {
        return new PendingCall(attempt, since, How.ASKED, "");
    }

    PendingCall now(How changed, String said) {
        return new PendingCall(attempt, since, changed, said);
    }

    boolean is(int told) {
        return attempt == told;
    }
}
