package io.guildhall.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void percentilesAreOfWhatWasRecorded() {
        var nanos = Figures.histogram();
        for (int i = 1; i <= 1000; i++) nanos.recordValue(i * 100_000L);
        var figures = new Figures(1000, 0, 4, nanos);
        assertThat(figures.perSecond()).isEqualTo(250);
        assertThat(figures.millis(50)).isEqualTo("50.0 ms");
        assertThat(figures.millis(99)).isEqualTo("99.0 ms");
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThat(Figures.millis(Figures.histogram(), 99)).isEqualTo("–");
    }

    @Test
    void onlyWhatBeginsAndEndsInTheWindowCounts() {
        var window = new Figures.Window(10, 20);
        assertThat(window.holds(10, 20)).isTrue();
        assertThat(window.holds(9, 15)).isFalse();
        assertThat(window.holds(15, 21)).isFalse();
    }

    @Test
    void theWorstFollowerIsNamed() {
        var metrics = """
                guildhall_follower_lag_seconds{follower="jobs",quantile="0.5"} 0.9
                guildhall_follower_lag_seconds{follower="jobs",quantile="0.99"} 0.05
                guildhall_follower_lag_seconds{follower="messages",quantile="0.99"} 1.2E-1
                """;
        assertThat(Lag.worst(metrics)).isEqualTo("120 ms (messages)");
        assertThat(Lag.worst("jvm_threads 3")).isEqualTo("–");
    }

    @Test
    void sharedPagesCountAsTheSystemShares() {
        assertThat(Memory.pss(List.of("Rss:  9000 kB", "Pss:   4242 kB", "Pss_Dirty: 7 kB")))
                .isEqualTo(4242);
    }
}
