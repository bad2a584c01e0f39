package io.guildhall.bench.seed;

import java.io.PrintStream;
import java.time.Duration;

/** Prints progress, rate and remaining time in one line that overwrites itself. */
final class ProgressLine {
    private final PrintStream out;
    private final String what;
    private final long total;
    private final long started = System.nanoTime();

    ProgressLine(PrintStream out, String what, long total) {
        this.out = out;
        this.what = what;
        this.total = total;
    }

    void update(long done) {
        double seconds = (System.nanoTime() - started) / 1e9;
        double rate = done / Math.max(seconds, 0.001);
        long secondsLeft = rate > 0 ? Math.round((total - done) / rate) : 0;
        out.printf(
                "\r%-9s %3d %%  %d of %d, %.0f/s, %s left          ",
                what,
                total == 0 ? 100 : 100 * done / total,
                done,
                total,
                rate,
                format(Duration.ofSeconds(secondsLeft)));
        out.flush();
    }

    void finish() {
        double seconds = (System.nanoTime() - started) / 1e9;
        out.printf("\r%-9s 100 %%  %d in %.0f s                                  %n", what, total, seconds);
    }

    private static String format(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
