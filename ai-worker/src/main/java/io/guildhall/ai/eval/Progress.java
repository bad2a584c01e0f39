package io.guildhall.ai.eval;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Says every few seconds, and at the end of each step, how far it is. */
final class Progress {
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final PrintStream out;
    private Instant said = Instant.now();

    Progress(PrintStream out) {
        this.out = out;
    }

    void at(String step, int done, int of) {
        Instant now = Instant.now();
        if (done < of && now.isBefore(said.plus(SILENCE))) return;
        said = now;
        out.printf("  %s %d of %d%n", step, done, of);
    }
}
