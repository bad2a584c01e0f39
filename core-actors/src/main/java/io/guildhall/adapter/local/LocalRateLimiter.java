package io.guildhall.adapter.local;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Limits within this process. Each key has a token bucket that refills evenly. The {@value #MAX_KEYS} most recently
 * used keys are kept.
 */
public final class LocalRateLimiter implements RateLimiter {
    private static final int MAX_KEYS = 100_000;

    private record Bucket(double permits, Instant at) {}

    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_KEYS;
        }
    };

    public LocalRateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<Optional<Duration>> tryAcquire(String key, int permits, Limit limit) {
        return completedFuture(take(key, Math.min(permits, limit.permits()), limit));
    }

    private synchronized Optional<Duration> take(String key, int permits, Limit limit) {
        var now = clock.instant();
        double perMilli = (double) limit.permits() / limit.window().toMillis();
        var bucket = buckets.getOrDefault(key, new Bucket(limit.permits(), now));
        double refilled = Math.min(
                limit.permits(),
                bucket.permits() + perMilli * Duration.between(bucket.at(), now).toMillis());
        if (refilled < permits) {
            buckets.put(key, new Bucket(refilled, now));
            return Optional.of(Duration.ofMillis((long) Math.ceil((permits - refilled) / perMilli)));
        }
        buckets.put(key, new Bucket(refilled - permits, now));
        return Optional.empty();
    }
}
