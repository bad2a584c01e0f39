package io.guildhall.ai.eval;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Prints progress every few seconds and at the end of each step. */
final class Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintStream out;
    private Instant lastReport = Instant.now();

    Progress(PrintStream out) {
        this.out = out;
    }

    void report(String step, int done, int of) {
        Instant now = Instant.now();
        if (done < of && now.isBefore(lastReport.plus(INTERVAL))) return;
        lastReport = now;
        out.printf("  %s %d of %d%n", step, done, of);
    }
}
