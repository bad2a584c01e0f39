package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A short run of {@code ./guildhall chaos}: real processes, two of which are killed while they work. */
class ShortChaosTest {
    @Test
    void nothingAcknowledgedIsLostAndNoCentMoves() throws IOException {
        long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000);
        int result = new Chaos(new Chaos.Plan(2, seed, 3, 6), Built.program()).run();
        assertThat(result)
                .as("repeat it with ./guildhall chaos --rounds 2 --stories 6 --seed " + seed)
                .isZero();
    }
}
