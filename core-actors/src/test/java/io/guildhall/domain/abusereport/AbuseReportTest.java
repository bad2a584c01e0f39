package io.guildhall.domain.abusereport;

import static io.guildhall.domain.abusereport.AbuseReport.AGGREGATE;
import static io.guildhall.domain.abusereport.AbuseReport.Outcome.ACTION_TAKEN;
import static io.guildhall.domain.abusereport.AbuseReport.Outcome.DISMISSED;
import static io.guildhall.domain.abusereport.AbuseReportRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.abusereport.AbuseReportCommand.File;
import io.guildhall.domain.abusereport.AbuseReportCommand.Settle;
import io.guildhall.domain.abusereport.AbuseReportEvent.Filed;
import io.guildhall.domain.abusereport.AbuseReportEvent.Settled;
import io.guildhall.domain.abusereport.ReportedConduct.ReportedMessage;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Ids;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AbuseReportTest {
    private static final ReportedConduct CONDUCT = new ReportedConduct(
            "rm_1", "acc_1", "acc_2", Optional.of(new ReportedMessage("msg_1", 3, "Ahoy")), "Insults");
    private static final Optional<MessageHistory> HISTORY =
            Optional.of(new MessageHistory(List.of(new MessageHistory.Version("Ahoy", NOW)), Optional.of(NOW)));
    private static final AbuseReportCommand FILE = new File(CONDUCT, HISTORY);
    private static final AbuseReportCommand DISMISS = new Settle("acc_admin", DISMISSED, "No insult");

    @Test
    void isFiledOnceAndSettledOnce() {
        given(AGGREGATE)
                .when(DISMISS)
                .thenRejected(NOT_FILED)
                .when(FILE)
                .then(new Filed(CONDUCT, HISTORY, NOW))
                .when(FILE)
                .thenNothingChanges()
                .when(DISMISS)
                .then(new Settled("acc_admin", DISMISSED, "No insult", NOW))
                .when(DISMISS)
                .thenNothingChanges()
                .when(FILE)
                .thenNothingChanges()
                .when(new Settle("acc_admin", ACTION_TAKEN, "Removed"))
                .thenRejected(ALREADY_SETTLED);
    }

    @Test
    void idNamesWhatIsReportedByWhom() {
        var id = AbuseReport.id("rm_1", "acc_1", 3);
        assertEquals(id, AbuseReport.id("rm_1", "acc_1", 3));
        assertNotEquals(id, AbuseReport.id("rm_1", "acc_1", 4));
        assertNotEquals(id, AbuseReport.id("rm_1", "acc_2", 3));
        assertTrue(Ids.isWellFormed(AbuseReport.PREFIX, id));
    }

    @Property
    void hasTheResolutionOfItsOnlySettlement(@ForAll("sequences") List<Step<AbuseReportCommand>> steps) {
        var run = CommandSequence.run(AGGREGATE, steps);
        var settled = run.events(Settled.class);
        assertTrue(settled.size() <= 1);
        assertEquals(
                settled.stream().map(Settled::note).findFirst(),
                run.state().findResolution().map(AbuseReport.Resolution::note));
    }

    @Provide
    Arbitrary<List<Step<AbuseReportCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<AbuseReportCommand> COMMANDS =
            List.of(FILE, DISMISS, new Settle("acc_admin", ACTION_TAKEN, "Removed"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
