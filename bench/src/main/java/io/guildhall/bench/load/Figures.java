package io.guildhall.bench.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one measurement gave.
 *
 * @param done how many in the measured time
 * @param failed how many had another answer than success; not counted in {@code done}
 * @param nanos how long each took
 */
public record Figures(long done, long failed, double seconds, Histogram nanos) {
    /** Only what begins and ends within it counts. */
    record Window(long start, long end) {
        boolean holds(long began, long ended) {
            return began >= start && ended <= end;
        }
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
