package io.guildhall.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(400));

    private void assertNextIsAbout(long millis) {
        assertThat(backoff.nextDelay())
                .isBetween(Duration.ofMillis(millis * 8 / 10), Duration.ofMillis(millis * 12 / 10));
    }

    @Test
    void doublesUpToItsMaximumAndStartsAgainAfterASuccess() {
        for (long millis : new long[] {100, 200, 400, 400}) assertNextIsAbout(millis);
        backoff.reset();
        assertNextIsAbout(100);
    }

    @Test
    void nodesThatFailTogetherDoNotRetryTogether() {
        var delays = new HashSet<Duration>();
        for (int i = 0; i < 20; i++) {
            backoff.reset();
            delays.add(backoff.nextDelay());
        }
        assertThat(delays).hasSizeGreaterThan(10);
    }
}
