package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void acceptsARunThatHasTestedSomething() {
        assertThat(new Verdict(2, 1, 10, 1, 0).violations()).isEmpty();
    }

    @Test
    void rejectsAnyInternalError() {
        assertThat(new Verdict(2, 1, 10, 1, 1).violations()).containsExactly("responses with status 500: 1");
    }

    @Test
    void rejectsARunInWhichNothingWasAcknowledged() {
        assertThat(new Verdict(2, 1, 0, 0, 0).violations())
                .containsExactly("nothing was acknowledged: the run has tested nothing");
        assertThat(new Verdict(2, 1, 10, 0, 0).violations())
                .containsExactly("no hire was completed: the run has tested no payment");
    }

    @Test
    void rejectsARunInWhichNoKillHit() {
        assertThat(new Verdict(2, 0, 10, 1, 0).violations())
                .containsExactly("no kill hit a running node under load in 2 rounds");
    }
}
