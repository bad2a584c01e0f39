package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.Contract.AGGREGATE;
import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.DealBuilder.aDeal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContractTest {
    static final String CLIENT = "acc_client", FREELANCER = "acc_freelancer", STRANGER = "acc_stranger";
    static final Deal DEAL =
            aDeal().between(CLIENT, FREELANCER).priced(usd(100)).withFee(500).build();
    static final Deal OTHER_DEAL =
            aDeal().between(CLIENT, FREELANCER).priced(usd(100)).withFee(600).build();
    static final List<Milestone> PARTS = List.of(part(1, 60), part(2, 40));

    static final ContractEvent CREATED = new Created(DEAL, PARTS, Optional.empty(), NOW),
            FUNDED = new MilestoneFunded(DEAL, 1, "Part 1", usd(60), NOW),
            SUBMITTED = new WorkSubmitted(DEAL, 1, "Part 1", "done", NOW),
            CHANGES = new ChangesRequested(DEAL, 1, "Part 1", "more oak", NOW),
            ACCEPTED = new MilestoneAccepted(DEAL, 1, "Part 1", usd(60), NOW),
            PAID = new MilestonePaid(DEAL, 1, "Part 1", usd(60), NOW),
            CANCELLED = new Cancelled(DEAL, CLIENT, "no wood", 2, NOW);

    static Money usd(long amount) {
        return new Money(amount, "USD");
    }

    static Milestone part(int number, long amount) {
        return Milestone.pending(number, "Part " + number, usd(amount), 7);
    }

    @Test
    void isDrawnOnceAndRejectsOtherTerms() {
        given(AGGREGATE)
                .when(new Create(DEAL, PARTS, Optional.empty()))
                .then(CREATED)
                .when(new Create(DEAL, PARTS, Optional.empty()))
                .thenNothingChanges()
                .when(new Create(OTHER_DEAL, PARTS, Optional.empty()))
                .thenRejected(EXISTS_WITH_OTHER_TERMS);
        given(AGGREGATE).when(new MarkFunded(1)).thenRejected(NOT_CREATED);
    }

    @Test
    void rejectsInvalidMilestones() {
        for (var wrong : List.of(
                List.<Milestone>of(),
                List.of(part(1, 99)),
                List.of(part(1, 100), part(2, 0)),
                List.of(part(0, 60), part(1, 40)),
                List.of(part(2, 60), part(1, 40)),
                List.of(part(1, Long.MAX_VALUE), part(2, Long.MAX_VALUE)),
                List.of(Milestone.pending(1, "Part 1", new Money(100, "EUR"), 7)),
                List.of(part(1, 100).with(Milestone.Status.ACCEPTED))))
            given(AGGREGATE).when(new Create(DEAL, wrong, Optional.empty())).thenRejected(MILESTONES_DO_NOT_ADD_UP);
    }

    @Test
    void submitsRequestsChangesAndAccepts() {
        given(AGGREGATE, CREATED)
                .when(new MarkFunded(1))
                .then(FUNDED)
                .when(new MarkFunded(1))
                .thenNothingChanges()
                .when(new ContractCommand.Submit(FREELANCER, 1, "done"))
                .then(SUBMITTED)
                .when(new ContractCommand.Submit(FREELANCER, 1, "done"))
                .thenNothingChanges()
                .when(new RequestChanges(CLIENT, 1, "more oak"))
                .then(CHANGES)
                .when(new RequestChanges(CLIENT, 1, "more oak"))
                .thenNothingChanges()
                .when(new RequestChanges(CLIENT, 1, "less oak"))
                .thenRejected(NOT_SUBMITTED)
                .when(new ContractCommand.Submit(FREELANCER, 1, "done"))
                .then(SUBMITTED)
                .when(new Accept(CLIENT, 1))
                .then(ACCEPTED)
                .when(new Accept(CLIENT, 1))
                .thenNothingChanges()
                .when(new RequestChanges(CLIENT, 1, "still more oak"))
                .thenRejected(ALREADY_ACCEPTED);
    }

    @Test
    void rejectsSubmissionBeforeFunding() {
        var created = given(AGGREGATE, CREATED);
        created.when(new ContractCommand.Submit(FREELANCER, 1, "done")).thenRejected(NOT_FUNDED);
        created.when(new Accept(CLIENT, 1)).thenRejected(NOT_FUNDED);
        created.when(new MarkPaid(1)).thenRejected(NOT_FUNDED);
        created.when(new MarkFunded(3)).thenRejected(NO_SUCH_MILESTONE);
        created.when(new MarkFunded(0)).thenRejected(NO_SUCH_MILESTONE);
    }

    @Test
    void rejectsAcceptBeforeSubmissionAndPaymentBeforeAccept() {
        given(AGGREGATE, CREATED, FUNDED).when(new Accept(CLIENT, 1)).thenRejected(NOT_SUBMITTED);
        given(AGGREGATE, CREATED, FUNDED).when(new MarkPaid(1)).thenRejected(NOT_ACCEPTED);
        given(AGGREGATE, CREATED, FUNDED, SUBMITTED).when(new MarkPaid(1)).thenRejected(NOT_ACCEPTED);
    }

    @Test
    void rejectsCommandsOfWrongPartyAndOfStrangers() {
        var submitted = given(AGGREGATE, CREATED, FUNDED, SUBMITTED);
        submitted.when(new Accept(FREELANCER, 1)).thenRejected(OTHER_PARTY_ONLY);
        submitted.when(new RequestChanges(FREELANCER, 1, "")).thenRejected(OTHER_PARTY_ONLY);
        submitted.when(new ContractCommand.Submit(CLIENT, 1, "")).thenRejected(OTHER_PARTY_ONLY);
        submitted.when(new Accept(STRANGER, 1)).thenRejected(NOT_YOURS);
        submitted.when(new ContractCommand.Submit(STRANGER, 9, "")).thenRejected(NOT_YOURS);
        submitted.when(new Cancel(STRANGER, "")).thenRejected(NOT_YOURS);
        given(AGGREGATE, CREATED, CANCELLED).when(new Accept(STRANGER, 1)).thenRejected(NOT_YOURS);
        given(AGGREGATE, CREATED, CANCELLED).when(new Cancel(STRANGER, "")).thenRejected(NOT_YOURS);
        assertTrue(submitted.state().isVisibleTo(CLIENT) && submitted.state().isVisibleTo(FREELANCER));
        assertFalse(submitted.state().isVisibleTo(STRANGER));
    }

    @Test
    void completesWithLastPayment() {
        var second = given(
                AGGREGATE,
                CREATED,
                FUNDED,
                SUBMITTED,
                ACCEPTED,
                new MilestoneFunded(DEAL, 2, "Part 2", usd(40), NOW),
                new WorkSubmitted(DEAL, 2, "Part 2", "done", NOW),
                new MilestoneAccepted(DEAL, 2, "Part 2", usd(40), NOW));
        second.when(new MarkPaid(2))
                .then(new MilestonePaid(DEAL, 2, "Part 2", usd(40), NOW))
                .when(new MarkPaid(2))
                .thenNothingChanges()
                .when(new MarkPaid(1))
                .then(PAID, new Completed(DEAL, NOW))
                .when(new MarkPaid(1))
                .thenNothingChanges()
                .when(new Cancel(CLIENT, ""))
                .thenRejected(ALREADY_COMPLETED);
    }

    @Test
    void bothPartiesCanCancelBeforeFunding() {
        given(AGGREGATE, CREATED)
                .when(new Cancel(CLIENT, "no wood"))
                .then(CANCELLED)
                .when(new Cancel(FREELANCER, "me neither"))
                .thenNothingChanges()
                .when(new MarkFunded(1))
                .thenRejected(ALREADY_CANCELLED)
                .when(new Create(DEAL, PARTS, Optional.empty()))
                .thenNothingChanges();
        given(AGGREGATE, CREATED)
                .when(new Cancel(FREELANCER, "no time"))
                .then(new Cancelled(DEAL, FREELANCER, "no time", 2, NOW));
        given(AGGREGATE, CREATED, FUNDED).when(new Cancel(CLIENT, "no wood")).thenRejected(ALREADY_FUNDED);
    }

    /**
     * For random commands: each milestone is funded, accepted and paid at most once, in this order, and the contract is
     * completed when all are paid.
     */
    @Property
    void paysEachMilestoneOnceAfterAccept(@ForAll("sequences") List<Step<ContractCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        var paid = result.events(MilestonePaid.class).stream()
                .map(MilestonePaid::number)
                .toList();
        var accepted = result.events(MilestoneAccepted.class).stream()
                .map(MilestoneAccepted::number)
                .toList();
        var funded = result.events(MilestoneFunded.class).stream()
                .map(MilestoneFunded::number)
                .toList();
        for (var each : List.of(paid, accepted, funded))
            assertEquals(each.size(), Set.copyOf(each).size());
        assertTrue(accepted.containsAll(paid) && funded.containsAll(accepted));
        assertEquals(paid.size() == PARTS.size(), result.state() instanceof Contract.Completed);
        assertEquals(
                result.state() instanceof Contract.Completed,
                result.events(Completed.class).size() == 1);
        if (result.state() instanceof Contract.Cancelled) assertTrue(paid.containsAll(funded));
    }

    /**
     * For random conversations with refunds, splits and silence: what was held of each milestone is what its escrow was
     * told to release and to refund, or is still held. Each milestone is settled at most once, and no contract ends while
     * money is held.
     */
    @Property
    void settlesWhatIsHeldOnce(@ForAll("conversations") List<Step<ContractCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        for (var part : PARTS) {
            var funded = amount(result.events(MilestoneFunded.class).stream()
                    .filter(it -> it.number() == part.number())
                    .map(MilestoneFunded::amount));
            var released = amount(Stream.of(
                            result.events(MilestoneAccepted.class).stream()
                                    .filter(it -> it.number() == part.number())
                                    .map(MilestoneAccepted::amount),
                            result.events(AcceptedBySilence.class).stream()
                                    .filter(it -> it.number() == part.number())
                                    .map(AcceptedBySilence::amount),
                            settlements(result, part).map(Settlement::release))
                    .flatMap(it -> it));
            var refunded = amount(settlements(result, part).map(Settlement::refund));
            boolean isOpen = funded > 0 && released + refunded == 0;
            assertEquals(funded, released + refunded + (isOpen ? funded : 0));
        }
        boolean isHeld = result.state().findDetails().stream()
                .flatMap(it -> it.milestones().stream())
                .anyMatch(it -> it.status().isHeld());
        boolean hasEnded = result.state() instanceof Contract.Completed || result.state() instanceof Contract.Cancelled;
        assertFalse(isHeld && hasEnded);
    }

    /** The last decision: a redirected part replaces an earlier one. */
    private static Stream<Settlement> settlements(CommandSequence<Contract, ContractEvent> result, Milestone part) {
        return result.events(SettlementDecided.class).stream()
                .filter(it -> it.number() == part.number())
                .map(it -> it.decision().settlement())
                .reduce((_, last) -> last)
                .stream();
    }

    private static long amount(Stream<Money> parts) {
        return parts.mapToLong(Money::amount).sum();
    }

    @Provide
    Arbitrary<List<Step<ContractCommand>>> conversations() {
        return CommandSequence.random(
                Stream.concat(COMMANDS.stream(), CONVERSATION.stream()).toList(), Duration.ZERO, Duration.ofDays(1));
    }

    /** Silence is a day long here, so that a random conversation reaches its end. */
    static final EscrowRules QUICK = new EscrowRules(2, List.of(1), 2, List.of(1), Optional.empty());

    static final List<ContractCommand> CONVERSATION = List.of(
            new Create(DEAL, PARTS, Optional.of(QUICK)),
            new MarkFunded(1),
            new RequestRefund(CLIENT, 1, Optional.of(20L), "too late"),
            new RequestRefund(CLIENT, 1, Optional.of(61L), "too much"),
            new RequestRefund(FREELANCER, 1, Optional.empty(), "no time"),
            new RequestRefund(CLIENT, 2, Optional.empty(), "too late"),
            new AcceptRefund(FREELANCER, 1, 1),
            new AcceptRefund(CLIENT, 1, 1),
            new AcceptRefund(FREELANCER, 2, 1),
            new DeclineRefund(FREELANCER, 1, 1, "no"),
            new WithdrawRefund(CLIENT, 1, 1),
            new Split(RefundTest.ADMIN, 1, 10, 50, "so"),
            new Split(RefundTest.ADMIN, 2, 0, 40, "so"),
            new Split(CLIENT, 1, 60, 0, "mine"),
            new IssueWarning(1, 1, 1),
            new RecordWarningTold(1, 1, 1),
            new EndSilence(1, 1),
            new EndSilence(1, 2),
            new MarkSettled(1),
            new RecordRedirect(1, Settlement.refunding(usd(60), usd(60)), RefundTest.ADMIN, "closed"),
            new MarkSettled(2));

    @Provide
    Arbitrary<List<Step<ContractCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<ContractCommand> COMMANDS = List.of(
            new Create(DEAL, PARTS, Optional.empty()),
            new Create(OTHER_DEAL, PARTS, Optional.empty()),
            new Create(DEAL, List.of(part(1, 1)), Optional.empty()),
            new MarkFunded(1),
            new MarkFunded(2),
            new MarkFunded(3),
            new ContractCommand.Submit(FREELANCER, 1, "done"),
            new ContractCommand.Submit(FREELANCER, 1, "done again"),
            new ContractCommand.Submit(FREELANCER, 2, "done"),
            new ContractCommand.Submit(STRANGER, 1, "done"),
            new RequestChanges(CLIENT, 1, "more oak"),
            new Accept(CLIENT, 1),
            new Accept(CLIENT, 2),
            new Accept(FREELANCER, 1),
            new MarkPaid(1),
            new MarkPaid(2),
            new Cancel(CLIENT, "no wood"));

    /** Over a contract of one milestone, a day between the commands. */
    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        var single = List.of(part(1, 100));
        var commands = List.<ContractCommand>of(
                new Create(DEAL, single, Optional.of(new EscrowRules(3, List.of(1), 3, List.of(1), Optional.of(1)))),
                new Create(OTHER_DEAL, single, Optional.empty()),
                new Create(DEAL, List.of(part(1, 1)), Optional.empty()),
                new MarkFunded(1),
                new MarkFunded(2),
                new ContractCommand.Submit(FREELANCER, 1, "done"),
                new ContractCommand.Submit(STRANGER, 1, "done"),
                new RequestChanges(CLIENT, 1, "more oak"),
                new Accept(CLIENT, 1),
                new Accept(FREELANCER, 1),
                new RequestRefund(CLIENT, 1, Optional.of(20L), "too late"),
                new RequestRefund(CLIENT, 1, Optional.of(101L), "too late"),
                new AcceptRefund(FREELANCER, 1, 1),
                new DeclineRefund(FREELANCER, 1, 1, "no"),
                new WithdrawRefund(CLIENT, 1, 1),
                new Split(RefundTest.ADMIN, 1, 100, 0, "so"),
                new Split(CLIENT, 1, 100, 0, "mine"),
                new IssueWarning(1, 1, 1),
                new RecordWarningTold(1, 1, 1),
                new EndSilence(1, 1),
                new MarkPaid(1),
                new MarkSettled(1),
                new RecordRedirect(1, Settlement.refunding(usd(100), usd(100)), RefundTest.ADMIN, "closed"),
                new MarkReleaseStalled(1),
                new HoldRelease(1),
                new ResumeRelease(1),
                new NoteStanding(FREELANCER, true),
                new NoteStanding(FREELANCER, false),
                new Cancel(CLIENT, "no wood"));
        CommandSequence.coversEverything(AGGREGATE, commands, Set.of(), Duration.ofDays(1));
    }
}
