package io.guildhall.domain.mailaddress;

import static io.guildhall.domain.mailaddress.MailAddress.AGGREGATE;
import static io.guildhall.domain.mailaddress.MailAddress.MAX_REASON_LENGTH;
import static io.guildhall.domain.mailaddress.MailAddress.MIN_PAUSE;
import static io.guildhall.domain.mailaddress.MailAddressRejection.REFUSED_RECENTLY;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.mailaddress.MailAddressCommand.*;
import io.guildhall.domain.mailaddress.MailAddressEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MailAddressTest {
    private static final RecordRefusal REFUSAL = new RecordRefusal("acc_1", "550 5.1.1 No such user");

    @Test
    void isMarkedOnceByRefusals() {
        given(AGGREGATE)
                .when(REFUSAL)
                .then(new Refused("acc_1", REFUSAL.reason(), NOW))
                .when(new RecordRefusal("acc_1", "another one"))
                .thenNothingChanges();
    }

    @Test
    void keepsTheBeginningOfALongReason() {
        given(AGGREGATE)
                .when(new RecordRefusal("acc_1", "x".repeat(MAX_REASON_LENGTH + 1)))
                .then(new Refused("acc_1", "x".repeat(MAX_REASON_LENGTH), NOW));
    }

    @Test
    void doesNotCutAReasonWithinACharacter() {
        given(AGGREGATE)
                .when(new RecordRefusal("acc_1", "x".repeat(MAX_REASON_LENGTH - 1) + "🚀"))
                .then(new Refused("acc_1", "x".repeat(MAX_REASON_LENGTH - 1), NOW));
    }

    @Test
    void isUsedAgainAfterAPause() {
        given(AGGREGATE, new Refused("acc_1", "full", NOW.minus(MIN_PAUSE)))
                .when(new UseAgain("acc_1"))
                .then(new Restored("acc_1", NOW))
                .when(new UseAgain("acc_1"))
                .thenNothingChanges();
    }

    @Test
    void isNotUsedAgainRightAfterARefusal() {
        given(AGGREGATE, new Refused("acc_1", "full", NOW.minus(MIN_PAUSE).plusMillis(1)))
                .when(new UseAgain("acc_1"))
                .thenRejected(REFUSED_RECENTLY);
    }

    @Test
    void isConfirmedByAnyNewOwner() {
        given(AGGREGATE, new Refused("acc_1", "full", NOW.minusSeconds(1)))
                .when(new Confirm("acc_2", NOW))
                .then(new Restored("acc_2", NOW));
    }

    @Test
    void confirmationDoesNotEndALaterRefusal() {
        given(AGGREGATE, new Refused("acc_1", "full", NOW))
                .when(new Confirm("acc_1", NOW.minusMillis(1)))
                .thenNothingChanges();
    }

    @Property
    void refusalsAndRestorationsAlternate(@ForAll("sequences") List<Step<MailAddressCommand>> steps) {
        var journal = CommandSequence.run(AGGREGATE, steps).journal();
        for (int i = 0; i < journal.size(); i++)
            assertTrue(i % 2 == 0 ? journal.get(i) instanceof Refused : journal.get(i) instanceof Restored);
    }

    @Provide
    Arbitrary<List<Step<MailAddressCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, MIN_PAUSE);
    }

    static final List<MailAddressCommand> COMMANDS =
            List.of(REFUSAL, new UseAgain("acc_1"), new Confirm("acc_2", NOW.plus(MIN_PAUSE)));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(), Duration.ZERO, MIN_PAUSE);
    }
}
