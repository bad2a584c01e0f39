package io.guildhall.projections.process.escrow;

import java.time.Duration;

/**
 * How long to wait before the payment provider is queried again. Both pauses double each time.
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

    Duration open(int runs) {
        return doubled(open, runs, MAX_OPEN);
    }

    Duration refused(int attempt) {
        return doubled(refused, attempt - 1, MAX_REFUSED);
    }

    /** How long to wait before an account that is not verified is read again, at most a day. */
    Duration unverified(int runs) {
        return doubled(refused, runs, MAX_UNVERIFIED);
    }

    private static Duration doubled(Duration first, int times, Duration max) {
        var pause = first.multipliedBy(1L << Math.clamp(times, 0, 20));
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
