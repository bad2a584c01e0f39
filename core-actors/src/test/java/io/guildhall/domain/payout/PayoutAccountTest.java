package io.guildhall.domain.payout;

import static io.guildhall.domain.payout.PayoutAccount.AGGREGATE;
import static io.guildhall.domain.payout.PayoutAccountRejection.*;
import static io.guildhall.domain.payout.PayoutStatus.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.payout.PayoutAccountCommand.*;
import io.guildhall.domain.payout.PayoutAccountEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PayoutAccountTest {
    static final String LINK = "https://provider.example/1";
    static final Instant THEN = NOW.plusSeconds(1), LATER = NOW.plusSeconds(2);
    static final PayoutAccountEvent REQUESTED = new Requested("DE", 1, NOW),
            REFUSED = new Refused("country", NOW),
            OPENED = new Opened("acct_1", PENDING, LINK, Optional.of(NOW), NOW),
            VERIFIED_THEN = new StatusChanged(VERIFIED, THEN, NOW);

    @Test
    void isRequestedAndOpenedOnce() {
        given(AGGREGATE)
                .when(new Request("DE"))
                .then(REQUESTED)
                .when(new Request("DE"))
                .thenNothingChanges()
                .when(new RecordOpened("acct_1", PENDING, LINK, NOW))
                .then(OPENED)
                .when(new RecordOpened("acct_1", PENDING, LINK, NOW))
                .thenNothingChanges()
                .when(new Request("FR"))
                .thenNothingChanges()
                .when(new RecordOpened("acct_2", PENDING, LINK, NOW))
                .thenRejected(DIFFERENT_PROVIDER_ACCOUNT);
    }

    @Test
    void canBeRequestedAgainAfterRefusal() {
        given(AGGREGATE, REQUESTED)
                .when(new RecordRefused(1, "country"))
                .then(REFUSED)
                .when(new RecordRefused(1, "country"))
                .thenNothingChanges()
                .when(new Request("FR"))
                .then(new Requested("FR", 2, NOW))
                .when(new RecordRefused(1, "country"))
                .thenNothingChanges()
                .when(new RecordRefused(3, "country"))
                .thenRejected(NOT_REQUESTED);
    }

    @Test
    void rejectsReportsWithoutRequest() {
        given(AGGREGATE).when(new RecordOpened("acct_1", VERIFIED, LINK, NOW)).thenRejected(NOT_REQUESTED);
        given(AGGREGATE).when(new RecordRefused(1, "country")).thenRejected(NOT_REQUESTED);
        given(AGGREGATE).when(new RecordStatus(VERIFIED, NOW)).thenRejected(NOT_REQUESTED);
        given(AGGREGATE, REQUESTED).when(new RecordStatus(VERIFIED, NOW)).thenRejected(NOT_OPENED);
    }

    @Test
    void ignoresOlderStatus() {
        given(AGGREGATE, REQUESTED, OPENED)
                .when(new RecordStatus(VERIFIED, THEN))
                .then(VERIFIED_THEN)
                .when(new RecordStatus(RESTRICTED, NOW))
                .thenNothingChanges()
                .when(new RecordStatus(RESTRICTED, THEN))
                .thenNothingChanges()
                .when(new RecordStatus(RESTRICTED, LATER))
                .then(new StatusChanged(RESTRICTED, LATER, NOW));
    }

    @Test
    void sameStatusRecordsNothing() {
        given(AGGREGATE, REQUESTED, OPENED)
                .when(new RecordStatus(PENDING, LATER))
                .thenNothingChanges();
        given(AGGREGATE, REQUESTED, OPENED, VERIFIED_THEN)
                .when(new RecordStatus(VERIFIED, LATER))
                .thenNothingChanges();
    }

    @Test
    void ignoresStatusOlderThanTheOneOfTheOpening() {
        var opened = new Opened("acct_1", VERIFIED, LINK, Optional.of(THEN), NOW);
        given(AGGREGATE, REQUESTED, opened).when(new RecordStatus(PENDING, NOW)).thenNothingChanges();
        given(AGGREGATE, REQUESTED, new Opened("acct_1", VERIFIED, LINK, Optional.empty(), NOW))
                .when(new RecordStatus(PENDING, THEN))
                .then(new StatusChanged(PENDING, THEN, NOW));
    }

    @Test
    void accountWhoseChecksEndedWaitsForAnOperator() {
        var ended = new ChecksEnded(PENDING, 30, NOW);
        var waiting = given(AGGREGATE, REQUESTED, OPENED)
                .when(new ResumeChecks())
                .thenNothingChanges()
                .when(new EndChecks(RESTRICTED, 30))
                .thenNothingChanges()
                .when(new EndChecks(PENDING, 30))
                .then(ended)
                .when(new EndChecks(PENDING, 31))
                .thenNothingChanges();
        waiting.when(new ResumeChecks())
                .then(new ChecksResumed(NOW))
                .when(new EndChecks(PENDING, 30))
                .then(ended);
        waiting.when(new DismissChecks("operator", "has left"))
                .then(new ChecksDismissed("operator", "has left", NOW))
                .when(new ResumeChecks())
                .thenNothingChanges();
        waiting.when(new RecordStatus(VERIFIED, THEN))
                .then(VERIFIED_THEN)
                .when(new EndChecks(VERIFIED, 30))
                .thenNothingChanges();
        given(AGGREGATE).when(new EndChecks(PENDING, 30)).thenRejected(NOT_REQUESTED);
        given(AGGREGATE, REQUESTED).when(new ResumeChecks()).thenRejected(NOT_OPENED);
    }

    @Test
    void onlyVerifiedAccountCanReceiveTransfers() {
        assertFalse(AGGREGATE.initialState().canReceiveTransfers());
        assertFalse(given(AGGREGATE, REQUESTED, OPENED).state().canReceiveTransfers());
        assertTrue(given(AGGREGATE, REQUESTED, OPENED, VERIFIED_THEN).state().canReceiveTransfers());
        assertFalse(given(AGGREGATE, REQUESTED, OPENED, new StatusChanged(RESTRICTED, THEN, NOW))
                .state()
                .canReceiveTransfers());
    }

    /** For random commands: the newest status is kept, whatever the order of arrival. */
    @Property
    void keepsNewestStatus(@ForAll("sequences") List<Step<PayoutAccountCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        var news = result.events(StatusChanged.class);
        for (int i = 1; i < news.size(); i++)
            assertTrue(news.get(i).asOf().isAfter(news.get(i - 1).asOf()));
        assertTrue(result.events(Opened.class).size() <= 1);
        if (result.state() instanceof PayoutAccount.Open open && !news.isEmpty())
            assertTrue(open.status() == news.getLast().status());
    }

    @Provide
    Arbitrary<List<Step<PayoutAccountCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<PayoutAccountCommand> COMMANDS = List.of(
            new Request("DE"),
            new RecordOpened("acct_1", PENDING, LINK, NOW),
            new RecordOpened("acct_2", VERIFIED, LINK, NOW),
            new RecordRefused(1, "country"),
            new RecordRefused(2, "country"),
            new RecordStatus(VERIFIED, THEN),
            new RecordStatus(RESTRICTED, LATER),
            new EndChecks(PENDING, 30),
            new ResumeChecks(),
            new DismissChecks("operator", "has left"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
