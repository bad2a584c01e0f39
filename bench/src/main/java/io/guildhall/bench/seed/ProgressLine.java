package io.guildhall.bench.seed;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Prints progress, rate and remaining time: in a terminal as one line that is overwritten, elsewhere as a new line every
 * five seconds at most.
 */
final class ProgressLine {
    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final boolean isTerminal;
    private final LongSupplier nanoTime;
    private final String what;
    private final long total;
    private final long started;
    private long printedAt;

    ProgressLine(PrintStream out, boolean isTerminal, LongSupplier nanoTime, String what, long total) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanoTime = nanoTime;
        this.what = what;
        this.total = total;
        this.started = nanoTime.getAsLong();
        this.printedAt = started;
    }

    @SuppressWarnings("SystemConsoleNull") // Where no terminal is known, it may still be null.
    static ProgressLine toStandardOutput(String what, long total) {
        var console = System.console();
        return new ProgressLine(System.out, console != null && console.isTerminal(), System::nanoTime, what, total);
    }

    void update(long done) {
        double rate = done / Math.max(seconds(), 0.001);
        long secondsLeft = rate > 0 ? Math.round((total - done) / rate) : 0;
        var text = "%-9s %3d%%  %d of %d, %.0f/s, %s left"
                .formatted(
                        what,
                        total == 0 ? 100 : 100 * done / total,
                        done,
                        total,
                        rate,
                        format(Duration.ofSeconds(secondsLeft)));
        if (isTerminal) {
            out.print("\r" + text + "          ");
            out.flush();
        } else if (nanoTime.getAsLong() - printedAt >= INTERVAL_NANOS) {
            printedAt = nanoTime.getAsLong();
            out.println(text);
        }
    }

    void finish() {
        out.printf(
                "%s%-9s 100%%  %d in %.0f s%s%n",
                isTerminal ? "\r" : "", what, total, seconds(), isTerminal ? " ".repeat(34) : "");
    }

    private double seconds() {
        return (nanoTime.getAsLong() - started) / 1e9;
    }

    private static String format(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
