package io.guildhall.background;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The delays between attempts: each is twice the one before, up to a maximum. Each is varied at random by up to a fifth,
 * so that nodes that failed together do not retry together. Not thread-safe.
 */
public final class Backoff {
    private static final double JITTER = 0.2;

    private final Duration first;
    private final Duration max;
    private Duration next;

    public Backoff(Duration first, Duration max) {
        this.first = first;
        this.max = max;
        this.next = first;
    }

    /** The delay before the next attempt. */
    public Duration nextDelay() {
        var delay = next;
        var doubled = delay.multipliedBy(2);
        next = doubled.compareTo(max) > 0 ? max : doubled;
        double factor = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        return Duration.ofNanos((long) (delay.toNanos() * factor));
    }

    /** Starts again with the first delay after a success. */
    public void reset() {
        next = first;
    }
}
