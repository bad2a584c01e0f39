package io.guildhall.domain.dataexport;

import static io.guildhall.domain.dataexport.DataExports.AGGREGATE;
import static io.guildhall.domain.dataexport.DataExportsRejection.IN_PROGRESS;
import static io.guildhall.domain.dataexport.DataExportsRejection.TOO_MANY;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.dataexport.DataExportsCommand.*;
import io.guildhall.domain.dataexport.DataExportsEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DataExportsTest {
    private static final String ME = "acc_me";

    private static RequestExport request(String id) {
        return new RequestExport(ME, id);
    }

    private static DataExportsEvent[] finished(int count, Instant at) {
        var events = new ArrayList<DataExportsEvent>();
        for (int i = 0; i < count; i++) {
            events.add(new ExportRequested(ME, "exp_" + i, at));
            events.add(new ExportFinished(ME, "exp_" + i, at));
        }
        return events.toArray(DataExportsEvent[]::new);
    }

    @Test
    void writesOneExportAtATime() {
        given(AGGREGATE)
                .when(request("exp_1"))
                .then(new ExportRequested(ME, "exp_1", NOW))
                .when(request("exp_2"))
                .thenRejected(IN_PROGRESS)
                .when(request("exp_1"))
                .thenNothingChanges()
                .when(new RecordFinished(ME, "exp_1"))
                .then(new ExportFinished(ME, "exp_1", NOW))
                .when(request("exp_1"))
                .thenNothingChanges()
                .when(request("exp_2"))
                .then(new ExportRequested(ME, "exp_2", NOW))
                .when(new RecordFailed(ME, "exp_2"))
                .then(new ExportFailed(ME, "exp_2", NOW));
    }

    @Test
    void recordsEachResultOnce() {
        given(AGGREGATE, finished(1, NOW))
                .when(new RecordFinished(ME, "exp_0"))
                .thenNothingChanges()
                .when(new RecordFailed(ME, "exp_0"))
                .thenNothingChanges()
                .when(new RecordFinished(ME, "exp_unknown"))
                .thenNothingChanges();
    }

    @Test
    void limitsRequestsOfADay() {
        given(
                        AGGREGATE,
                        finished(
                                DataExports.MAX_PER_DAY,
                                NOW.minus(Duration.ofDays(1)).plusSeconds(1)))
                .when(request("exp_more"))
                .thenRejected(TOO_MANY);
        given(AGGREGATE, finished(DataExports.MAX_PER_DAY, NOW.minus(Duration.ofDays(1))))
                .when(request("exp_more"))
                .then(new ExportRequested(ME, "exp_more", NOW));
    }

    @Property
    void hasAtMostOneRunningAndThreeRecentOnes(@ForAll("sequences") List<Step<DataExportsCommand>> steps) {
        var run = CommandSequence.run(AGGREGATE, steps);
        Optional<String> running = Optional.empty();
        var recent = new ArrayList<Instant>();
        for (var event : run.journal())
            switch (event) {
                case ExportRequested it -> {
                    assertThat(running).isEmpty();
                    running = Optional.of(it.exportId());
                    recent.removeIf(at -> !at.plus(Duration.ofDays(1)).isAfter(it.at()));
                    recent.add(it.at());
                    assertThat(recent).hasSizeLessThanOrEqualTo(DataExports.MAX_PER_DAY);
                }
                case ExportFinished _, ExportFailed _ -> running = Optional.empty();
            }
        assertThat(run.state().running()).isEqualTo(running);
    }

    @Provide
    Arbitrary<List<Step<DataExportsCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, Duration.ofHours(7));
    }

    private static final List<DataExportsCommand> COMMANDS = IntStream.range(0, 4)
            .mapToObj(i -> "exp_" + i)
            .<DataExportsCommand>flatMap(
                    it -> Stream.of(request(it), new RecordFinished(ME, it), new RecordFailed(ME, it)))
            .toList();

    @Test
    void everythingOccurs() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
