package io.guildhall.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void repeatsUntilTheMaximumAge() {
        var schedule =
                new RetrySchedule(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8)), Duration.ofMinutes(1));
        assertThat(schedule.next(1, START, START)).contains(START.plusSeconds(1));
        assertThat(schedule.next(3, START, START.plusSeconds(9))).contains(START.plusSeconds(13));
        assertThat(schedule.next(9, START, START.plusSeconds(52))).contains(START.plusSeconds(60));
        assertThat(schedule.next(9, START, START.plusSeconds(53))).isEmpty();
    }
}
