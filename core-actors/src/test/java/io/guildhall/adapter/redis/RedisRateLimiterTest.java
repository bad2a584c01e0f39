package io.guildhall.adapter.redis;

import static org.assertj.core.api.Assertions.fail;

import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiterContract;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Nothing falls back to the local limiter while Redis is available. */
class RedisRateLimiterTest extends RateLimiterContract {
    private static final TestRedis SERVER = new TestRedis();
    private static Redis redis;

    @BeforeAll
    static void start() {
        redis = SERVER.start().connect();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    protected RateLimiter limiter() {
        return new RedisRateLimiter(redis, (_, _, _) -> fail("Redis was not used"));
    }

    /** Redis has its own clock. */
    @Override
    protected void pass(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) LockSupport.parkNanos(left);
    }
}
