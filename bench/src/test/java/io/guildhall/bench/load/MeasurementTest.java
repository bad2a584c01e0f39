package io.guildhall.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void computesPercentilesAndRate() {
        var nanos = Measurement.histogram();
        for (int i = 1; i <= 1000; i++) nanos.recordValue(i * 100_000L);
        var measurement = new Measurement(1000, 0, 4, nanos);
        assertThat(measurement.perSecond()).isEqualTo(250);
        assertThat(measurement.millis(50)).isEqualTo("50.0 ms");
        assertThat(measurement.millis(99)).isEqualTo("99.0 ms");
    }

    @Test
    void formatsNoMeasurementAsDash() {
        assertThat(Measurement.millis(Measurement.histogram(), 99)).isEqualTo("–");
    }

    @Test
    void countsOnlyWhatStartsAndEndsInTheWindow() {
        var window = new Measurement.Window(10, 20);
        assertThat(window.contains(10, 20)).isTrue();
        assertThat(window.contains(9, 15)).isFalse();
        assertThat(window.contains(15, 21)).isFalse();
    }

    @Test
    void namesTheFollowerWithTheHighestLag() {
        var metrics = """
                guildhall_follower_lag_seconds{follower="jobs",quantile="0.5"} 0.9
                guildhall_follower_lag_seconds{follower="jobs",quantile="0.99"} 0.05
                guildhall_follower_lag_seconds{follower="messages",quantile="0.99"} 1.2E-1
                """;
        assertThat(Lag.worst(metrics)).isEqualTo("120 ms (messages)");
        assertThat(Lag.worst("jvm_threads 3")).isEqualTo("–");
    }

    @Test
    void readsProportionalSetSize() {
        assertThat(Memory.pss(List.of("Rss:  9000 kB", "Pss:   4242 kB", "Pss_Dirty: 7 kB")))
                .isEqualTo(4242);
    }
}
