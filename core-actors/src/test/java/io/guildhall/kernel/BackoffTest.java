package io.guildhall.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void doublesUpToTheMaximum() {
        assertEquals(
                List.of(1L, 2L, 4L, 5L, 5L),
                IntStream.rangeClosed(1, 5)
                        .mapToObj(it -> BACKOFF.after(it).toSeconds())
                        .toList());
        assertEquals(Duration.ofSeconds(5), BACKOFF.after(Integer.MAX_VALUE));
    }

    @Test
    void rejectsAttemptsBelowOne() {
        assertThrows(IllegalArgumentException.class, () -> BACKOFF.after(0));
    }
}
