package io.guildhall.port;

import java.time.Duration;
import java.util.Optional;

/** Lets something happen only so often. */
public interface RateLimiter {
    /** @param permits how often within {@code window}, in a burst or spread */
    record Limit(int permits, Duration window) {}

    /** Nothing where it may happen now; otherwise how long to wait. Never blocks. */
    Optional<Duration> tryAcquire(String key, Limit limit);
}
