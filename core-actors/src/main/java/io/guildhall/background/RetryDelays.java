package io.guildhall.background;

import io.guildhall.kernel.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The delays after failures in a row. Each is varied at random by up to a fifth, so that nodes that failed together do not
 * retry together. Not thread-safe.
 */
public final class RetryDelays {
    private static final double JITTER = 0.2;

    private final Backoff backoff;
    private int failures;

    public RetryDelays(Duration first, Duration max) {
        this.backoff = new Backoff(first, max);
    }

    /** The delay after one more failure. */
    public Duration next() {
        double factor = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        return Duration.ofNanos((long) (backoff.after(++failures).toNanos() * factor));
    }

    /** Starts again with the first delay after a success. */
    public void reset() {
        failures = 0;
    }
}
