package io.guildhall.port;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Limits how often something happens. */
public interface RateLimiter {
    /** @param permits maximum number within {@code window}, in a burst or spread out */
    record Limit(int permits, Duration window) {}

    /**
     * Takes a permit. Returns empty on success, else the time to wait before the next attempt. Never blocks, and does
     * not fail if the permits are stored elsewhere and are unavailable: then a limit of this process applies.
     */
    default CompletionStage<Optional<Duration>> tryAcquire(String key, Limit limit) {
        return tryAcquire(key, 1, limit);
    }

    /**
     * Takes several permits, or none.
     *
     * @param permits more than the limit count as many as the limit, so that they can be taken
     */
    CompletionStage<Optional<Duration>> tryAcquire(String key, int permits, Limit limit);
}
