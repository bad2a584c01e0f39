package io.guildhall.kernel;

import java.time.Duration;

/** Delays between attempts: each is twice the one before, from the first to the maximum. */
public record Backoff(Duration first, Duration max) {
    private static final int MAX_DOUBLINGS = 30;

    /**
     * Returns the delay after a failed attempt.
     *
     * @param attempt the number of the attempt, from 1
     */
    public Duration after(int attempt) {
        if (attempt < 1) throw new IllegalArgumentException("attempts are numbered from 1, not " + attempt);
        var delay = first.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
        return delay.compareTo(max) < 0 ? delay : max;
    }
}
