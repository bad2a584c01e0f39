package io.guildhall.domain.job;

import static io.guildhall.domain.job.Job.AGGREGATE;
import static io.guildhall.domain.job.JobRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.JobBuilder.aJob;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
            COUNTED = new ProposalsCounted(1, 1, NOW),
            FILLING = filling("p1", 1, "ctr_1"),
            ABANDONED =
                    new FillingAbandoned(
                            Optional.of("p1"), Optional.empty(), "ctr_1", CLIENT, "A boat", "withdrawn", NOW),
            HIRED = new Hired(Optional.of("p1"), Optional.empty(), "ctr_1", List.of(), NOW);

    static Money usd(long amount) {
        return new Money(amount, "USD");
    }

    static JobDetails details(String title, Money min, Money max) {
        return aJob().titled(title).budget(min, max).build();
    }

    static ReceiveProposal receive(String proposal, int waiting, long version) {
        return new ReceiveProposal(proposal, "acc_of_" + proposal, "USD", new Job.ProposalCount(waiting, version));
    }

    static CountProposals count(int waiting, long version) {
        return new CountProposals(new Job.ProposalCount(waiting, version));
    }

    static FillingStarted filling(String proposal, long revision, String contract) {
        return new FillingStarted(
                Optional.of(proposal), Optional.empty(), revision, contract, CLIENT, "A boat", Optional.of(500), NOW);
    }

    static FillingStarted fillingByInvite(String invite, String contract) {
        return new FillingStarted(
                Optional.empty(), Optional.of(invite), 1, contract, CLIENT, "A boat", Optional.of(500), NOW);
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
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED)
                .when(new Edit(CLIENT, 1, IN_EURO))
                .thenRejected(CURRENCY_FIXED)
                .when(new Edit(CLIENT, 1, SHIP))
                .then(new Edited(SHIP, NOW));
    }

    @Test
    void rejectsCommandsOfOthers() {
        for (var job : List.of(
                given(AGGREGATE, POSTED),
                given(AGGREGATE, POSTED, PUBLISHED, COUNTED),
                given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING),
                given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING, HIRED))) {
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
        given(AGGREGATE, POSTED).when(receive("p1", 1, 1)).thenRejected(NOT_OPEN);
        var draft = given(AGGREGATE, POSTED).state();
        assertTrue(draft.isVisibleTo(Optional.of(CLIENT)));
        assertFalse(draft.isVisibleTo(Optional.of(STRANGER)) || draft.isVisibleTo(Optional.empty()));
        assertTrue(given(AGGREGATE, POSTED, PUBLISHED).state().isVisibleTo(Optional.empty()));
        assertFalse(AGGREGATE.initialState().isVisibleTo(Optional.of(CLIENT)));
    }

    @Test
    void canChangeCurrencyWhenNoProposalWaitsAnyMore() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED, new ProposalsCounted(0, 2, NOW))
                .when(new Edit(CLIENT, 1, IN_EURO))
                .then(new Edited(IN_EURO, NOW));
    }

    @Test
    void countsProposalsInItsCurrency() {
        given(AGGREGATE, POSTED, PUBLISHED)
                .when(receive("p1", 1, 1))
                .then(COUNTED)
                .when(receive("p1", 1, 1))
                .thenNothingChanges()
                .when(new ReceiveProposal("p2", "acc_2", "EUR", new Job.ProposalCount(2, 2)))
                .thenRejected(OTHER_CURRENCY);
    }

    @Test
    void ignoresCountThatIsNotNewer() {
        given(AGGREGATE, POSTED, PUBLISHED)
                .when(count(3, 5))
                .then(new ProposalsCounted(3, 5, NOW))
                .when(count(4, 4))
                .thenNothingChanges()
                .when(receive("p4", 4, 5))
                .thenNothingChanges()
                .when(count(2, 6))
                .then(new ProposalsCounted(2, 6, NOW));
    }

    @Test
    void countsProposalsOfOldEvents() {
        var job = given(
                AGGREGATE,
                POSTED,
                PUBLISHED,
                new ProposalReceived("p1", "acc_1", CLIENT, "A boat", NOW),
                new ProposalReceived("p2", "acc_2", CLIENT, "A boat", NOW));
        assertEquals(2, ((Job.Open) job.state()).proposals().waiting());
        job.when(count(1, 1)).then(new ProposalsCounted(1, 1, NOW));
    }

    @Test
    void receivesInvitesWhileOpenOrBeingFilled() {
        var invite = new ReceiveInvite("inv_1-ann");
        given(AGGREGATE, POSTED, PUBLISHED).when(invite).thenNothingChanges();
        given(AGGREGATE, POSTED, PUBLISHED, FILLING).when(invite).thenNothingChanges();
        given(AGGREGATE, POSTED).when(invite).thenRejected(NOT_OPEN);
        given(AGGREGATE, POSTED, PUBLISHED, FILLING, HIRED).when(invite).thenRejected(NOT_OPEN);
    }

    /** Whether the proposal can be accepted is decided by the proposal, as a step of the hire. */
    @Test
    void acceptsProposalThatIsNotCountedYet() {
        given(AGGREGATE, POSTED, PUBLISHED).when(accept("p1", 1, "ctr_1")).then(FILLING);
    }

    @Test
    void firstOfTwoAcceptsWins() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED)
                .when(accept("p1", 1, "ctr_1"))
                .then(FILLING)
                .when(accept("p2", 1, "ctr_2"))
                .thenRejected(BEING_FILLED)
                .when(accept("p1", 2, "ctr_2"))
                .thenRejected(BEING_FILLED)
                .when(accept("p1", 1, "ctr_3"))
                .thenNothingChanges();
    }

    @Test
    void acceptedInviteStartsHireLikeAnAccept() {
        var open = given(AGGREGATE, POSTED, PUBLISHED, COUNTED);
        open.when(take("ctr_9"))
                .then(fillingByInvite("inv_1-ann", "ctr_9"))
                .when(take("ctr_9"))
                .thenNothingChanges()
                .when(take("ctr_8"))
                .thenRejected(BEING_FILLED)
                .when(accept("p1", 1, "ctr_1"))
                .thenRejected(BEING_FILLED)
                .when(new ConfirmHire("ctr_9"))
                .then(new Hired(Optional.empty(), Optional.of("inv_1-ann"), "ctr_9", List.of(), NOW))
                .when(take("ctr_9"))
                .thenNothingChanges()
                .when(take("ctr_8"))
                .thenRejected(NOT_OPEN);
        open.when(new TakeInvite("inv_1-ann", 1, CLIENT, "EUR", "ctr_9", 500)).thenRejected(OTHER_CURRENCY);
        open.when(new TakeInvite("inv_1-ann", 1, STRANGER, "USD", "ctr_9", 500)).thenRejected(NOT_YOURS);
        given(AGGREGATE, POSTED).when(take("ctr_9")).thenRejected(NOT_OPEN);
        given(AGGREGATE, POSTED, PUBLISHED, FILLING).when(take("ctr_9")).thenRejected(BEING_FILLED);
        var filling = given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING).state();
        assertTrue(filling.isFilledBy("ctr_1"));
        assertFalse(filling.isFilledBy("ctr_2") || open.state().isFilledBy("ctr_1"));
    }

    static TakeInvite take(String contract) {
        return new TakeInvite("inv_1-ann", 1, CLIENT, "USD", contract, 500);
    }

    @Test
    void hireIsConfirmedOnce() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING)
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
        var open = given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING)
                .when(new AbandonHire("ctr_1", "withdrawn"))
                .then(ABANDONED);
        open.when(new AbandonHire("ctr_1", "withdrawn")).thenNothingChanges();
        open.when(new ConfirmHire("ctr_1")).thenRejected(DIFFERENT_HIRE);
        open.when(accept("p2", 1, "ctr_2"))
                .then(filling("p2", 1, "ctr_2"))
                .when(new AbandonHire("ctr_1", "withdrawn"))
                .thenRejected(DIFFERENT_HIRE);
        assertEquals(
                new Job.FailedHire(Optional.of("p1"), Optional.empty(), "ctr_1", "withdrawn"),
                ((Job.Open) open.state()).lastFailure().orElseThrow());
        open.when(accept("p1", 1, "ctr_1")).thenNothingChanges();
        open.when(take("ctr_1")).thenNothingChanges();
        open.when(accept("p1", 1, "ctr_2")).then(filling("p1", 1, "ctr_2"));
    }

    @Test
    void abandonedHireByInviteReopensJob() {
        var open = given(AGGREGATE, POSTED, PUBLISHED, fillingByInvite("inv_1-ann", "ctr_9"))
                .when(new AbandonHire("ctr_9", "timed-out"))
                .then(new FillingAbandoned(
                        Optional.empty(), Optional.of("inv_1-ann"), "ctr_9", CLIENT, "A boat", "timed-out", NOW));
        assertEquals(
                Optional.of(new Job.FailedHire(Optional.empty(), Optional.of("inv_1-ann"), "ctr_9", "timed-out")),
                ((Job.Open) open.state()).lastFailure());
    }

    @Test
    void movesInviteOfOldEventToItsPlace() {
        var old = new FillingStarted(
                Optional.of("inv_1-ann"), Optional.empty(), 1, "ctr_9", CLIENT, "A boat", Optional.of(500), NOW);
        assertEquals(fillingByInvite("inv_1-ann", "ctr_9"), old);
    }

    /** The hire can fail, so its job still receives proposals. */
    @Test
    void countsProposalsWhileItIsBeingFilled() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING)
                .when(receive("p2", 2, 2))
                .then(new ProposalsCounted(2, 2, NOW))
                .when(new AbandonHire("ctr_1", "withdrawn"))
                .then(ABANDONED)
                .when(receive("p2", 2, 2))
                .thenNothingChanges();
    }

    @Test
    void rejectsLateProposals() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING, HIRED)
                .when(receive("p2", 2, 2))
                .thenRejected(NOT_OPEN)
                .when(count(2, 2))
                .thenRejected(NOT_OPEN);
        given(AGGREGATE, POSTED, PUBLISHED, new Closed("", List.of(), NOW))
                .when(receive("p2", 2, 2))
                .thenRejected(NOT_OPEN);
    }

    @Test
    void isClosedOnce() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED)
                .when(new Close(CLIENT, "no money"))
                .then(new Closed("no money", List.of(), NOW))
                .when(new Close(CLIENT, "no money"))
                .thenNothingChanges()
                .when(new Close(STRANGER, "no money"))
                .thenRejected(NOT_YOURS)
                .when(accept("p1", 1, "ctr_1"))
                .thenRejected(NOT_OPEN);
    }

    @Test
    void rejectsEditAndCloseDuringHire() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING)
                .when(new Close(CLIENT, ""))
                .thenRejected(BEING_FILLED)
                .when(new Edit(CLIENT, 1, SHIP))
                .thenRejected(BEING_FILLED);
    }

    @Test
    void endsWithItsContract() {
        var filled = given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING, HIRED);
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

    /** For random commands: at most one hire, and each one that starts ends at most once. */
    @Property
    void hiresAtMostOnce(@ForAll("sequences") List<Step<JobCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        assertTrue(
                result.events(Hired.class).size() + result.events(Closed.class).size() <= 1);
        for (var started : result.events(FillingStarted.class))
            assertNotEquals(started.proposalId().isPresent(), started.inviteId().isPresent());
        var versions = result.events(ProposalsCounted.class).stream()
                .map(ProposalsCounted::version)
                .toList();
        assertEquals(versions.stream().sorted().distinct().toList(), versions);
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
            receive("p1", 1, 1),
            receive("p2", 2, 2),
            new ReceiveProposal("p4", "acc_4", "EUR", new Job.ProposalCount(3, 3)),
            count(0, 3),
            new ReceiveInvite("inv_1-ann"),
            accept("p1", 1, "ctr_1"),
            accept("p2", 1, "ctr_2"),
            new Accept(STRANGER, "p1", 1, "ctr_1", 500),
            take("ctr_1"),
            take("ctr_3"),
            new TakeInvite("inv_1-ann", 1, STRANGER, "USD", "ctr_3", 500),
            new TakeInvite("inv_1-ann", 1, CLIENT, "EUR", "ctr_3", 500),
            new ConfirmHire("ctr_1"),
            new ConfirmHire("ctr_2"),
            new AbandonHire("ctr_1", "withdrawn"),
            new AbandonHire("ctr_2", "changed"),
            new Close(CLIENT, "no money"),
            new Complete("ctr_1"),
            new Cancel("ctr_1"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(), Set.of(ProposalReceived.class));
    }
}
