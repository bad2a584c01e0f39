package io.guildhall.domain.escrow;

import java.time.Instant;

/**
 * A call to the payment provider without a final result.
 *
 * @param attempt from 1; the idempotency key of the call is derived from escrow and attempt
 * @param since time of the decision to call; a provider forgets an idempotency key after some time
 * @param isOrdered whether an operator has ordered this attempt
 * @param detail the error of a failed call, or the id of a payment that requires an action of the client; empty
 *     otherwise
 */
public record PendingCall(int attempt, Instant since, boolean isOrdered, Status status, String detail) {
    public enum Status {
        /** Requested; the provider has not replied yet. */
        REQUESTED,
        /** The client must confirm the payment. */
        ACTION_REQUIRED,
        /** The result is unknown. */
        UNKNOWN,
        /** The provider refused; the next attempt follows. */
        FAILED,
        /** There is no further automatic attempt; an operator can start the next one. */
        STALLED
    }

    /** The number of attempts that follow each other automatically. */
    private static final int AUTOMATIC_ATTEMPTS = 10;

    public static PendingCall started(int attempt, Instant since) {
        return new PendingCall(attempt, since, false, Status.REQUESTED, "");
    }

    static PendingCall retried(EscrowEvent.ReleaseRetried event) {
        return new PendingCall(event.attempt(), event.at(), event.by().isPresent(), Status.REQUESTED, "");
    }

    public PendingCall with(Status newStatus, String newDetail) {
        return new PendingCall(attempt, since, isOrdered, newStatus, newDetail);
    }

    public boolean isAttempt(int number) {
        return attempt == number;
    }

    /** Whether the provider refused the call, or it was withheld. */
    public boolean wasRefused() {
        return status == Status.FAILED || status == Status.STALLED;
    }

    /** Whether no attempt follows automatically if the provider refuses this one. */
    public static boolean isLastAutomatic(int attempt) {
        return attempt % AUTOMATIC_ATTEMPTS == 0;
    }
}
