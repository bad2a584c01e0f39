package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.bench.chaos.Verdict.Required;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
    private static final Map<Required, Integer> COMPLETE =
            Arrays.stream(Required.values()).collect(Collectors.toMap(Function.identity(), _ -> 1));

    @Test
    void acceptsARunThatHasTestedEverything() {
        assertThat(new Verdict(COMPLETE, 0).violations()).isEmpty();
    }

    @Test
    void rejectsAnyInternalError() {
        assertThat(new Verdict(COMPLETE, 1).violations()).containsExactly("responses with status 500: 1");
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE, no write was acknowledged",
        "HIRE, no hire was completed",
        "REFUND, no escrow was refunded in full",
        "SPLIT, no escrow was split between client and freelancer",
        "KILL, no kill ended a running node while hires were in progress",
        "STOP, no node was stopped with SIGTERM while hires were in progress",
        "GOING_AWAY, no listener was told with close code 1001 that its node stops",
        "RESUMPTION, no listener has resumed its channels after its connection was lost",
        "REMOVAL, no node was removed from the cluster and replaced after it had been isolated"
    })
    void rejectsARunWithout(Required required, String absence) {
        var counts = new EnumMap<>(COMPLETE);
        counts.put(required, 0);
        assertThat(new Verdict(counts, 0).violations())
                .containsExactly("the run is incomplete: " + absence + ". Run more rounds.");
    }

    @ParameterizedTest
    @EnumSource(Required.class)
    void rejectsAnIncompleteRun(Required required) {
        var counts = new EnumMap<>(COMPLETE);
        counts.remove(required);
        assertThat(new Verdict(counts, 0).violations()).hasSize(1);
    }
}
