package io.guildhall.port;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.RateLimiter.Limit;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests for every limiter. */
public abstract class RateLimiterContract {
    private static final Limit THREE_PER_HOUR = new Limit(3, Duration.ofHours(1));
    private static final Limit THREE_IN_300_MS = new Limit(3, Duration.ofMillis(300));

    private final String key = "login/" + UUID.randomUUID();

    protected abstract RateLimiter limiter();

    /** Advances the time, or waits. */
    protected abstract void pass(Duration duration);

    private Optional<Duration> tryAcquire(String of) {
        return result(limiter().tryAcquire(of, THREE_PER_HOUR));
    }

    @Test
    void grantsBurstUpToLimit() {
        for (int i = 0; i < 3; i++) assertThat(tryAcquire(key)).isEmpty();
        assertThat(tryAcquire(key).orElseThrow()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    }

    @Test
    void countsEachKeySeparately() {
        for (int i = 0; i < 4; i++) tryAcquire(key);
        assertThat(tryAcquire(key + "-other")).isEmpty();
    }

    @Test
    void grantsAgainAfterTheTimeThatItReturned() {
        var waits = Stream.generate(() -> result(limiter().tryAcquire(key, THREE_IN_300_MS)))
                .limit(1_000)
                .flatMap(Optional::stream);
        var wait = waits.findFirst().orElseThrow();
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(100));
        pass(wait);
        assertThat(result(limiter().tryAcquire(key, THREE_IN_300_MS))).isEmpty();
    }

    @Test
    void grantsNoMoreThanLimitToConcurrentAttempts() {
        var attempts = IntStream.range(0, 40)
                .mapToObj(_ -> limiter().tryAcquire(key, THREE_PER_HOUR))
                .toList();
        assertThat(attempts.stream().filter(it -> result(it).isEmpty())).hasSize(3);
    }

    @Test
    void takesSeveralPermitsOrNone() {
        assertThat(result(limiter().tryAcquire(key, 2, THREE_PER_HOUR))).isEmpty();
        assertThat(result(limiter().tryAcquire(key, 2, THREE_PER_HOUR)).orElseThrow())
                .isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
        assertThat(tryAcquire(key)).isEmpty();
    }

    @Test
    void grantsMorePermitsThanLimitWhenAllAreFree() {
        assertThat(result(limiter().tryAcquire(key, 9, THREE_PER_HOUR))).isEmpty();
        assertThat(tryAcquire(key)).isPresent();
    }

    @Test
    void appliesLimitThatWasChanged() {
        for (int i = 0; i < 4; i++) tryAcquire(key);
        pass(Duration.ofMillis(100));
        assertThat(result(limiter().tryAcquire(key, THREE_IN_300_MS))).isEmpty();
    }
}
