package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long seconds;

    private Progress progress(boolean isTerminal) {
        return new Progress(
                new PrintStream(out, true, StandardCharsets.UTF_8), isTerminal, () -> seconds * 1_000_000_000L);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsALineEveryFiveSecondsWithoutATerminal() {
        var progress = progress(false);
        for (seconds = 0; seconds <= 12; seconds++) progress.update(seconds + "%");
        progress.finish("done");
        assertThat(printed().lines()).containsExactly("5%", "10%", "done");
    }

    @Test
    void overwritesTheLineInATerminal() {
        var progress = progress(true);
        progress.update("100 left");
        progress.update("5 left");
        progress.finish("done");
        assertThat(printed().stripTrailing()).isEqualTo("\r100 left\r5 left  \rdone");
    }

    @Test
    void countsInWords() {
        assertThat(Progress.count(1, "event")).isEqualTo("1 event");
        assertThat(Progress.count(0, "event")).isEqualTo("0 events");
    }
}
