package io.guildhall.bench.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long seconds;

    private String print(boolean isTerminal) {
        var line = new ProgressLine(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                isTerminal,
                () -> seconds * 1_000_000_000L,
                "uploaded",
                100);
        for (seconds = 1; seconds <= 10; seconds++) line.update(seconds * 10);
        line.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsALineEveryFiveSecondsWithoutATerminal() {
        assertThat(print(false).lines())
                .containsExactly(
                        "uploaded   50%  50 of 100, 10/s, 5 s left",
                        "uploaded  100%  100 of 100, 10/s, 0 s left", "uploaded  100%  100 in 11 s");
    }

    @Test
    void overwritesTheLineInATerminal() {
        assertThat(print(true).split("\r")).hasSize(12);
    }
}
