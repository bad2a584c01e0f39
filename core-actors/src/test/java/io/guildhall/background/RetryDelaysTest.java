package io.guildhall.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {
    private final RetryDelays retryDelays = new RetryDelays(Duration.ofMillis(100), Duration.ofMillis(400));

    private void assertNextIsAbout(long millis) {
        assertThat(retryDelays.next())
                .isBetween(Duration.ofMillis(millis * 8 / 10), Duration.ofMillis(millis * 12 / 10));
    }

    @Test
    void doublesUpToItsMaximumAndStartsAgainAfterASuccess() {
        for (long millis : new long[] {100, 200, 400, 400}) assertNextIsAbout(millis);
        retryDelays.reset();
        assertNextIsAbout(100);
    }

    @Test
    void nodesThatFailTogetherDoNotRetryTogether() {
        var seen = new HashSet<Duration>();
        for (int i = 0; i < 20; i++) {
            retryDelays.reset();
            seen.add(retryDelays.next());
        }
        assertThat(seen).hasSizeGreaterThan(10);
    }
}
