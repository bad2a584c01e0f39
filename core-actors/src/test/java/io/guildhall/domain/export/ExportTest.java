package io.guildhall.domain.export;

import static io.guildhall.domain.export.Export.AGGREGATE;
import static io.guildhall.domain.export.ExportRejection.ALREADY_ENDED;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.export.ExportCommand.RecordFailed;
import io.guildhall.domain.export.ExportCommand.RecordFinished;
import io.guildhall.domain.export.ExportEvent.Failed;
import io.guildhall.domain.export.ExportEvent.Finished;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final ExportCommand FINISH = new RecordFinished("acc_1", "rm_1");
    private static final ExportCommand FAIL = new RecordFailed("acc_1", "rm_1");
    private static final List<ExportCommand> COMMANDS = List.of(FINISH, FAIL);

    @Test
    void firstResultIsFinal() {
        given(AGGREGATE)
                .when(FINISH)
                .then(new Finished("acc_1", "rm_1", NOW))
                .when(FINISH)
                .thenNothingChanges()
                .when(FAIL)
                .thenRejected(ALREADY_ENDED);
        given(AGGREGATE)
                .when(FAIL)
                .then(new Failed("acc_1", "rm_1", NOW))
                .when(FAIL)
                .thenNothingChanges()
                .when(FINISH)
                .thenRejected(ALREADY_ENDED);
    }

    @Property
    void hasOneResult(@ForAll("sequences") List<Step<ExportCommand>> steps) {
        assertTrue(
                CommandSequence.run(AGGREGATE, steps).events(ExportEvent.class).size() <= 1);
    }

    @Provide
    Arbitrary<List<Step<ExportCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
