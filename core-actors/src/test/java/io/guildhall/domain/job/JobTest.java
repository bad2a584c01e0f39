package io.guildhall.domain.job;

import static io.guildhall.domain.job.Job.AGGREGATE;
import static io.guildhall.domain.job.JobRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.job.JobCommand.*;
import io.guildhall.domain.job.JobEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JobTest {
    static final String CLIENT = "acc_client", STRANGER = "acc_stranger";
    static final JobDetails BOAT = details("A boat", usd(100), usd(200)), SHIP = details("A ship", usd(200), usd(300));
    static final JobDetails IN_EURO = details("A boat", new Money(1, "EUR"), new Money(2, "EUR"));
    static final JobDetails UPSIDE_DOWN = details("A boat", usd(200), usd(100));

    static final JobEvent POSTED = new Posted(CLIENT, BOAT, NOW),
            PUBLISHED = new Published(NOW),
            RECEIVED = received("p1"),
            RECEIVED_2 = received("p2"),
            FILLING = new FillingStarted("p1", 1, "ctr_1", CLIENT, "A boat", Optional.of(500), NOW),
            ABANDONED = new FillingAbandoned("p1", "ctr_1", CLIENT, "A boat", "withdrawn", NOW),
            HIRED = new Hired("p1", "ctr_1", List.of("p2"), NOW);

    static Money usd(long amount) {
        return new Money(amount, "USD");
    }

    static JobDetails details(String title, Money min, Money max) {
        return aJob().titled(title).budget(min, max).build();
    }

    static ProposalReceived received(String proposal) {
        return new ProposalReceived(proposal, "acc_of_" + proposal, CLIENT, "A boat", NOW);
    }

    static ReceiveProposal receive(String proposal) {
        return new ReceiveProposal(proposal, "acc_of_" + proposal, "USD");
    }

    static Accept accept(String proposal, long revision, String contract) {
        return new Accept(CLIENT, proposal, revision, contract, 500);
    }

    @Test
    void isPostedAsDraftOrPublished() {
        given(AGGREGATE).when(new Post(CLIENT, BOAT, true)).then(POSTED, PUBLISHED);
        given(AGGREGATE)
                .when(new Post(CLIENT, BOAT, false))
                .then(POSTED)
                .when(new Post(CLIENT, BOAT, false))
                .thenNothingChanges()
                .when(new Post(CLIENT, SHIP, false))
                .thenRejected(ALREADY_POSTED)
                .when(new Post(STRANGER, BOAT, false))
                .thenRejected(ALREADY_POSTED)
                .when(new Publish(CLIENT))
                .then(PUBLISHED)
                .when(new Publish(CLIENT))
                .thenNothingChanges();
        given(AGGREGATE).when(new Publish(CLIENT)).thenRejected(NOT_POSTED);
    }

    @Test
    void rejectsInvalidBudget() {
        given(AGGREGATE).when(new Post(CLIENT, UPSIDE_DOWN, true)).thenRejected(INVALID_BUDGET);
        given(AGGREGATE)
                .when(new Post(CLIENT, details("", usd(0), usd(0)), true))
                .thenRejected(INVALID_BUDGET);
        given(AGGREGATE)
                .when(new Post(CLIENT, details("", new Money(1, "EUR"), usd(2)), true))
                .thenRejected(INVALID_BUDGET);
        given(AGGREGATE, POSTED).when(new Edit(CLIENT, 1, UPSIDE_DOWN)).thenRejected(INVALID_BUDGET);
    }

    @Test
    void rejectsEditOfOutdatedRevision() {
        given(AGGREGATE, POSTED, PUBLISHED)
                .when(new Edit(CLIENT, 1, SHIP))
                .then(new Edited(SHIP, NOW))
                .when(new Edit(CLIENT, 1, BOAT))
                .thenRejected(REVISION_MISMATCH)
                .when(new Edit(CLIENT, 2, SHIP))
                .thenNothingChanges();
    }

    @Test
    void rejectsNewCurrencyAfterFirstProposal() {
        for (var job : List.of(given(AGGREGATE, POSTED), given(AGGREGATE, POSTED, PUBLISHED)))
            job.when(new Edit(CLIENT, 1, IN_EURO)).then(new Edited(IN_EURO, NOW));
        given(AGGREGATE, POSTED, PUBLISHED, RECEIVED)
                .when(new Edit(CLIENT, 1, IN_EURO))
                .thenRejected(CURRENCY_FIXED)
                .when(new Edit(CLIENT, 1, SHIP))
                .then(new Edited(SHIP, NOW));
    }

    @Test
    void rejectsCommandsOfOthers() {
        for (var job : List.of(
                given(AGGREGATE, POSTED),
                given(AGGREGATE, POSTED, PUBLISHED, RECEIVED),
                given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, FILLING),
                given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, FILLING, HIRED))) {
            job.when(new Publish(STRANGER)).thenRejected(NOT_YOURS);
            job.when(new Edit(STRANGER, 1, SHIP)).thenRejected(NOT_YOURS);
            job.when(new Accept(STRANGER, "p1", 1, "ctr_1", 500)).thenRejected(NOT_YOURS);
            job.when(new Close(STRANGER, "")).thenRejected(NOT_YOURS);
            assertTrue(job.state().belongsTo(CLIENT));
            assertFalse(job.state().belongsTo(STRANGER));
        }
    }

    @Test
    void draftIsVisibleToClientOnly() {
        given(AGGREGATE, POSTED).when(receive("p1")).thenRejected(NOT_OPEN);
        var draft = given(AGGREGATE, POSTED).state();
        assertTrue(draft.isVisibleTo(Optional.of(CLIENT)));
        assertFalse(draft.isVisibleTo(Optional.of(STRANGER)) || draft.isVisibleTo(Optional.empty()));
        assertTrue(given(AGGREGATE, POSTED, PUBLISHED).state().isVisibleTo(Optional.empty()));
        assertFalse(AGGREGATE.initialState().isVisibleTo(Optional.of(CLIENT)));
    }

    @Test
    void receivesProposalOnceAndOnlyInItsCurrency() {
        given(AGGREGATE, POSTED, PUBLISHED)
                .when(receive("p1"))
                .then(RECEIVED)
                .when(receive("p1"))
                .thenNothingChanges()
                .when(new ReceiveProposal("p2", "acc_2", "EUR"))
                .thenRejected(OTHER_CURRENCY);
    }

    @Test
    void limitsTheNumberOfProposals() {
        var job = given(AGGREGATE, POSTED, PUBLISHED);
        for (int i = 0; i < Job.MAX_PROPOSALS; i++)
            job = job.when(receive("p" + i)).then(received("p" + i));
        job.when(receive("one more"))
                .thenRejected(TOO_MANY_PROPOSALS)
                .when(receive("p0"))
                .thenNothingChanges();
    }

    @Test
    void firstOfTwoAcceptsWins() {
        given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, RECEIVED_2)
                .when(accept("p1", 1, "ctr_1"))
                .then(FILLING)
                .when(accept("p2", 1, "ctr_2"))
                .thenRejected(BEING_FILLED)
                .when(accept("p1", 2, "ctr_2"))
                .thenRejected(BEING_FILLED)
                .when(accept("p1", 1, "ctr_3"))
                .thenNothingChanges();
        given(AGGREGATE, POSTED, PUBLISHED).when(accept("p1", 1, "ctr_1")).thenRejected(NO_SUCH_PROPOSAL);
    }

    @Test
    void acceptedInviteStartsHireLikeAnAccept() {
        var open = given(AGGREGATE, POSTED, PUBLISHED, RECEIVED);
        open.when(take("ctr_9"))
                .then(new FillingStarted("inv_1-ann", 1, "ctr_9", CLIENT, "A boat", Optional.empty(), NOW))
                .when(take("ctr_9"))
                .thenNothingChanges()
                .when(take("ctr_8"))
                .thenRejected(BEING_FILLED)
                .when(accept("p1", 1, "ctr_1"))
                .thenRejected(BEING_FILLED)
                .when(new ConfirmHire("ctr_9"))
                .then(new Hired("inv_1-ann", "ctr_9", List.of("p1"), NOW))
                .when(take("ctr_9"))
                .thenNothingChanges()
                .when(take("ctr_8"))
                .thenRejected(NOT_OPEN);
        open.when(new TakeInvite("inv_1-ann", CLIENT, "EUR", "ctr_9")).thenRejected(OTHER_CURRENCY);
        open.when(new TakeInvite("inv_1-ann", STRANGER, "USD", "ctr_9")).thenRejected(NOT_YOURS);
        given(AGGREGATE, POSTED).when(take("ctr_9")).thenRejected(NOT_OPEN);
        given(AGGREGATE, POSTED, PUBLISHED, FILLING).when(take("ctr_9")).thenRejected(BEING_FILLED);
        assertTrue(
                given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, FILLING).state().isHiring("ctr_1"));
        assertFalse(open.state().isHiring("ctr_1"));
    }

    static TakeInvite take(String contract) {
        return new TakeInvite("inv_1-ann", CLIENT, "USD", contract);
    }

    @Test
    void confirmedHireListsProposalsToDecline() {
        given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, RECEIVED_2, FILLING)
                .when(new ConfirmHire("ctr_2"))
                .thenRejected(DIFFERENT_HIRE)
                .when(new ConfirmHire("ctr_1"))
                .then(HIRED)
                .when(new ConfirmHire("ctr_1"))
                .thenNothingChanges()
                .when(new AbandonHire("ctr_1", "late"))
                .thenRejected(DIFFERENT_HIRE)
                .when(accept("p1", 1, "ctr_1"))
                .thenNothingChanges()
                .when(accept("p2", 1, "ctr_2"))
                .thenRejected(NOT_OPEN);
    }

    @Test
    void abandonedHireReopensJob() {
        var open = given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, RECEIVED_2, FILLING)
                .when(new AbandonHire("ctr_1", "withdrawn"))
                .then(ABANDONED);
        open.when(new AbandonHire("ctr_1", "withdrawn")).thenNothingChanges();
        open.when(new ConfirmHire("ctr_1")).thenRejected(DIFFERENT_HIRE);
        open.when(accept("p2", 1, "ctr_2"))
                .then(new FillingStarted("p2", 1, "ctr_2", CLIENT, "A boat", Optional.of(500), NOW))
                .when(new AbandonHire("ctr_1", "withdrawn"))
                .thenRejected(DIFFERENT_HIRE);
        assertEquals(
                new Job.FailedHire("p1", "withdrawn"),
                ((Job.Open) open.state()).lastFailure().orElseThrow());
    }

    @Test
    void rejectsLateProposals() {
        given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, FILLING)
                .when(receive("p1"))
                .thenNothingChanges()
                .when(receive("p2"))
                .thenRejected(NOT_OPEN);
        given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, FILLING, HIRED)
                .when(receive("p2"))
                .thenRejected(NOT_OPEN);
        given(AGGREGATE, POSTED, PUBLISHED, new Closed("", List.of(), NOW))
                .when(receive("p2"))
                .thenRejected(NOT_OPEN);
    }

    @Test
    void closeListsPendingProposals() {
        given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, RECEIVED_2)
                .when(new Close(CLIENT, "no money"))
                .then(new Closed("no money", List.of("p1", "p2"), NOW))
                .when(new Close(CLIENT, "no money"))
                .thenNothingChanges()
                .when(new Close(STRANGER, "no money"))
                .thenRejected(NOT_YOURS)
                .when(accept("p1", 1, "ctr_1"))
                .thenRejected(NOT_OPEN);
    }

    @Test
    void rejectsEditAndCloseDuringHire() {
        given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, FILLING)
                .when(new Close(CLIENT, ""))
                .thenRejected(BEING_FILLED)
                .when(new Edit(CLIENT, 1, SHIP))
                .thenRejected(BEING_FILLED);
    }

    @Test
    void endsWithItsContract() {
        var filled = given(AGGREGATE, POSTED, PUBLISHED, RECEIVED, FILLING, HIRED);
        filled.when(new Complete("ctr_2")).thenRejected(DIFFERENT_HIRE);
        filled.when(new Complete("ctr_1"))
                .then(new Completed("ctr_1", NOW))
                .when(new Complete("ctr_1"))
                .thenNothingChanges()
                .when(new Cancel("ctr_1"))
                .thenRejected(DIFFERENT_HIRE);
        filled.when(new Cancel("ctr_1"))
                .then(new Cancelled("ctr_1", NOW))
                .when(new Cancel("ctr_1"))
                .thenNothingChanges()
                .when(new Complete("ctr_1"))
                .thenRejected(DIFFERENT_HIRE);
    }

    /** For random commands: at most one hire, of a received proposal, and all others are declined. */
    @Property
    void hiresAtMostOnceAndDeclinesAllOthers(@ForAll("sequences") List<Step<JobCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        var received = result.events(ProposalReceived.class).stream()
                .map(ProposalReceived::proposalId)
                .toList();
        assertEquals(received.size(), Set.copyOf(received).size());
        assertTrue(
                result.events(Hired.class).size() + result.events(Closed.class).size() <= 1);
        for (var hired : result.events(Hired.class)) {
            boolean isInvited = hired.proposalId().startsWith("inv_");
            assertTrue(isInvited || received.contains(hired.proposalId()));
            assertFalse(hired.declined().contains(hired.proposalId()));
            assertEquals(received.size(), hired.declined().size() + (isInvited ? 0 : 1));
        }
        for (var closed : result.events(Closed.class)) assertEquals(received, closed.declined());
        int endings = result.events(Hired.class).size()
                + result.events(FillingAbandoned.class).size();
        int open = result.state() instanceof Job.Filling ? 1 : 0;
        assertEquals(result.events(FillingStarted.class).size(), endings + open);
    }

    @Provide
    Arbitrary<List<Step<JobCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<JobCommand> COMMANDS = List.of(
            new Post(CLIENT, BOAT, true),
            new Post(CLIENT, BOAT, false),
            new Post(CLIENT, UPSIDE_DOWN, false),
            new Post(STRANGER, SHIP, true),
            new Publish(CLIENT),
            new Edit(CLIENT, 1, SHIP),
            new Edit(CLIENT, 1, IN_EURO),
            new Edit(CLIENT, 2, BOAT),
            receive("p1"),
            receive("p2"),
            receive("p3"),
            new ReceiveProposal("p4", "acc_4", "EUR"),
            accept("p1", 1, "ctr_1"),
            accept("p2", 1, "ctr_2"),
            new Accept(STRANGER, "p1", 1, "ctr_1", 500),
            take("ctr_1"),
            take("ctr_3"),
            new TakeInvite("inv_1-ann", STRANGER, "USD", "ctr_3"),
            new TakeInvite("inv_1-ann", CLIENT, "EUR", "ctr_3"),
            new ConfirmHire("ctr_1"),
            new ConfirmHire("ctr_2"),
            new AbandonHire("ctr_1", "withdrawn"),
            new AbandonHire("ctr_2", "changed"),
            new Close(CLIENT, "no money"),
            new Complete("ctr_1"),
            new Cancel("ctr_1"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(TOO_MANY_PROPOSALS));
    }
}
