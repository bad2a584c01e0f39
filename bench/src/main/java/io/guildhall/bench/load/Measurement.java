package io.guildhall.bench.load;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The result of one measurement.
 *
 * @param done the number of successful operations in the measured time
 * @param failed the number of failed operations; not included in {@code done}
 * @param nanos the durations of the successful operations
 */
public record Measurement(long done, long failed, double seconds, Histogram nanos) {
    /** The measured time. An operation counts if it starts and ends within it. */
    record Window(long start, long end) {
        boolean contains(long started, long ended) {
            return started >= start && ended <= end;
        }
    }

    /** Merges the measurements of consecutive periods. */
    static Measurement sum(List<Measurement> parts) {
        var nanos = histogram();
        parts.forEach(it -> nanos.add(it.nanos()));
        return new Measurement(
                parts.stream().mapToLong(Measurement::done).sum(),
                parts.stream().mapToLong(Measurement::failed).sum(),
                parts.stream().mapToDouble(Measurement::seconds).sum(),
                nanos);
    }

    static Histogram histogram() {
        return new Histogram(3_600_000_000_000L, 3);
    }

    double perSecond() {
        return done / seconds;
    }

    String millis(double percentile) {
        return millis(nanos, percentile);
    }

    public static String millis(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0
                ? "–"
                : String.format(Locale.ROOT, "%.1f ms", nanos.getValueAtPercentile(percentile) / 1e6);
    }
}
