package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A short run of {@code ./guildhall chaos}: starts real processes, and kills one, cuts one off and stops one under load. */
class ShortChaosTest {
    @Test
    void losesNoAcknowledgedWriteAndNoCent() throws IOException {
        long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000);
        int exitCode = new Chaos(new Chaos.Plan(3, seed, 3, 6, "auto"), BuiltProgram.launcher()).run();
        assertThat(exitCode)
                .as("repeat with ./guildhall chaos --rounds 3 --hires 6 --seed " + seed)
                .isZero();
    }
}
