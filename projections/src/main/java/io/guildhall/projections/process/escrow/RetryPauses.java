package io.guildhall.projections.process.escrow;

import io.guildhall.kernel.Backoff;
import java.time.Duration;

/**
 * The pauses before the payment provider is called again. Both double each time. Attempts are numbered from 1.
 *
 * @param open the first pause for a call whose outcome is not known yet; at most a minute
 * @param refused the first pause before a refused transfer or refund is tried again; at most an hour
 */
public record RetryPauses(Duration open, Duration refused) {
    /** Longer than any program runs: the deadline stays planned, and is due only when an event makes it due. */
    static final Duration UNTIL_MADE_DUE = Duration.ofDays(36_500);

    private static final Duration MAX_OPEN = Duration.ofMinutes(1);
    private static final Duration MAX_REFUSED = Duration.ofHours(1);
    private static final Duration MAX_UNVERIFIED = Duration.ofDays(1);

    Duration afterOpen(int attempt) {
        return new Backoff(open, MAX_OPEN).after(attempt);
    }

    Duration afterRefused(int attempt) {
        return new Backoff(refused, MAX_REFUSED).after(attempt);
    }

    /** The pause before an account that is not verified is read again, at most a day. */
    Duration afterUnverified(int attempt) {
        return new Backoff(refused, MAX_UNVERIFIED).after(attempt);
    }
}
