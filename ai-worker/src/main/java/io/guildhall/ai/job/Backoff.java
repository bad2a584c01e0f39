package io.guildhall.ai.job;

import java.time.Duration;

/** The delays between attempts: each is twice the one before, up to 30 seconds. Not thread-safe. */
public final class Backoff {
    private static final Duration MAX = Duration.ofSeconds(30);

    private final Duration first;
    private Duration next;

    public Backoff(Duration first) {
        this.first = first;
        this.next = first;
    }

    /** Whether there was no failure since the last success. Used to log the first failure only. */
    public boolean isFirstFailure() {
        return next.equals(first);
    }

    public Duration nextDelay() {
        var delay = next;
        var doubled = delay.multipliedBy(2);
        next = doubled.compareTo(MAX) > 0 ? MAX : doubled;
        return delay;
    }

    /** Starts again with the first delay after a success. */
    public void reset() {
        next = first;
    }
}
