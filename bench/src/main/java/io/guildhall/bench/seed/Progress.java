package io.guildhall.bench.seed;

import java.io.PrintStream;
import java.time.Duration;

/** One line that says how far it is, how fast it goes and how long it may still take. */
final class Progress {
    private final PrintStream out;
    private final String what;
    private final long total;
    private final long begun = System.nanoTime();

    Progress(PrintStream out, String what, long total) {
        this.out = out;
        this.what = what;
        this.total = total;
    }

    void at(long done) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        double rate = done / Math.max(seconds, 0.001);
        long left = rate > 0 ? Math.round((total - done) / rate) : 0;
        out.printf(
                "\r%-9s %3d %%  %d of %d, %.0f/s, %s left          ",
                what, total == 0 ? 100 : 100 * done / total, done, total, rate, said(Duration.ofSeconds(left)));
        out.flush();
    }

    void over() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        out.printf("\r%-9s 100 %%  %d in %.0f s                                  %n", what, total, seconds);
    }

    private static String said(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
