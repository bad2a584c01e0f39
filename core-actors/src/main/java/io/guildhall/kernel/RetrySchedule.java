package io.guildhall.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Repeats attempts with a backoff, until a maximum time after the start. */
public record RetrySchedule(Backoff backoff, Duration maxAge) {
    /**
     * Returns the time of the next attempt; empty if there is none.
     *
     * @param attempt the number of the failed attempt, from 1
     */
    public Optional<Instant> next(int attempt, Instant start, Instant now) {
        return next(attempt, start, now, Instant.MIN);
    }

    /** @param earliest before which no attempt is made; one after the maximum time counts as the maximum time */
    public Optional<Instant> next(int attempt, Instant start, Instant now, Instant earliest) {
        var end = start.plus(maxAge);
        return Optional.of(now.plus(backoff.after(attempt)))
                .filter(it -> !it.isAfter(end))
                .map(it -> it.isBefore(earliest) ? (end.isBefore(earliest) ? end : earliest) : it);
    }
}
