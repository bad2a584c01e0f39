package io.guildhall.adapter.local;

import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiterContract;
import io.guildhall.testing.SettableClock;
import java.time.Duration;

class LocalRateLimiterTest extends RateLimiterContract {
    private final SettableClock clock = new SettableClock();
    private final RateLimiter limiter = new LocalRateLimiter(clock);

    @Override
    protected RateLimiter limiter() {
        return limiter;
    }

    @Override
    protected void pass(Duration duration) {
        clock.pass(duration);
    }
}
