package io.guildhall.projections.process.contract;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static io.guildhall.projections.process.CommandSender.sequentially;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractCommand.NoteStanding;
import io.guildhall.domain.contract.ContractCommand.ResumeRelease;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand.DropCharge;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Carries the suspension of an account, and its end, into the running contracts of the account: each contract notes it,
 * so that the other party is told; charges that wait for a confirmation are dropped; and releases that were held are
 * resumed when the suspension is lifted.
 *
 * <p>A contract has a deadline for each party, in the group of the party's account. It compares what the contract has
 * noted with the suspensions of now, so that it can run at any time and repeatedly.
 */
public final class SuspensionProcess implements Process {
    static final DeadlineKind STANDING = new DeadlineKind("contract-standing");
    static final DeadlineKind RESUME = new DeadlineKind("contract-release-resume");
    static final DeadlineKind SPREAD = new DeadlineKind("suspension-spread");

    /** Until an event of the account makes the deadline due. */
    private static final Duration LONG = Duration.ofDays(36_500);

    /** A held release is tried again even if the end of the suspension was missed. */
    private static final Duration RESUME_PAUSE = Duration.ofMinutes(10);

    /** A node knows of a suspension a little later than this process: so the deadlines are made due again. */
    private static final List<Duration> SPREAD_PAUSES = List.of(Duration.ofSeconds(3), Duration.ofSeconds(30));

    /** The numbers of a contract's deadlines. */
    private static final int CLIENT = 1, FREELANCER = 2;

    private static final List<Integer> PARTIES = List.of(CLIENT, FREELANCER);

    private final Entities entities;
    private final CommandSender sender;
    private final Schedule schedule;
    private final SuspendedAccounts suspended;

    public SuspensionProcess(Entities entities, Schedule schedule, SuspendedAccounts suspended) {
        this.entities = entities;
        this.sender = new CommandSender(entities);
        this.schedule = schedule;
        this.suspended = suspended;
    }

    @Override
    public String name() {
        return "suspension";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, this::onAccountEvent), on(Contract.AGGREGATE, this::onContractEvent));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return Map.of(STANDING, this::compareStanding, RESUME, this::resume, SPREAD, this::spread);
    }

    private CompletionStage<Void> onAccountEvent(Recorded<AccountEvent> recorded) {
        return switch (recorded.event()) {
            case AccountEvent.Suspended e -> startSpreading(recorded, e.accountId(), e.at());
            case AccountEvent.SuspensionLifted e -> startSpreading(recorded, e.accountId(), e.at());
            case AccountEvent.RegistrationEvent _, AccountEvent.SessionEvent _, AccountEvent.EntitlementEvent _ ->
                NOTHING;
        };
    }

    private CompletionStage<Void> startSpreading(Recorded<?> cause, String accountId, Instant at) {
        return schedule.plan(cause.correlation(), SPREAD.forEntity(accountId), at);
    }

    /** Makes due what belongs to the account, and again when every node knows of the event. */
    private CompletionStage<DeadlineResult> spread(Deadline due) {
        return schedule.makeGroupDue(STANDING, due.entityId())
                .thenCompose(_ -> schedule.makeGroupDue(RESUME, due.entityId()))
                .thenApply(_ -> due.run() <= SPREAD_PAUSES.size()
                        ? DeadlineResult.retryAfter(SPREAD_PAUSES.get(due.run() - 1))
                        : DeadlineResult.done());
    }

    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.Created e -> planStanding(recorded, e.deal(), e.at());
            case ContractEvent.PartySuspended e -> dropCharges(recorded, e);
            case ContractEvent.ReleaseHeld e ->
                schedule.plan(
                        recorded.correlation(),
                        RESUME.forEntity(recorded.entityId(), e.number()),
                        e.deal().freelancerId(),
                        e.at().plus(RESUME_PAUSE));
            case ContractEvent.MilestoneEvent _,
                    ContractEvent.PartyReinstated _,
                    ContractEvent.Completed _,
                    ContractEvent.Cancelled _ -> NOTHING;
        };
    }

    private CompletionStage<Void> planStanding(Recorded<?> cause, Deal deal, Instant at) {
        return sequentially(
                PARTIES,
                party -> schedule.plan(
                        cause.correlation(), STANDING.forEntity(cause.entityId(), party), account(deal, party), at));
    }

    private static String account(Deal deal, int party) {
        return party == CLIENT ? deal.clientId() : deal.freelancerId();
    }

    private CompletionStage<DeadlineResult> compareStanding(Deadline due) {
        return entities.state(Contract.AGGREGATE, due.entityId()).thenCompose(contract -> switch (contract) {
            case Contract.AwaitingFunding it -> compareStanding(due, it.details());
            case Contract.Active it -> compareStanding(due, it.details());
            case Contract.NotCreated _, Contract.Completed _, Contract.Cancelled _ ->
                completedFuture(DeadlineResult.done());
        });
    }

    private CompletionStage<DeadlineResult> compareStanding(Deadline due, Contract.Details details) {
        var accountId = account(details.deal(), due.number());
        boolean isSuspended = suspended.contains(accountId);
        if (details.suspended().contains(accountId) == isSuspended)
            return completedFuture(DeadlineResult.retryAfter(LONG));
        return execute(due, new NoteStanding(accountId, isSuspended)).thenApply(_ -> DeadlineResult.retryAfter(LONG));
    }

    private CompletionStage<DeadlineResult> resume(Deadline due) {
        return execute(due, new ResumeRelease(due.number())).thenApply(outcome -> switch (outcome) {
            case Outcome.Done<Contract, ContractRejection> _ -> DeadlineResult.done();
            case Outcome.Rejected<Contract, ContractRejection> _ -> DeadlineResult.retryAfter(RESUME_PAUSE);
        });
    }

    private CompletionStage<Outcome<Contract, ContractRejection>> execute(Deadline due, ContractCommand command) {
        return entities.execute(due.correlation(), Contract.AGGREGATE, due.entityId(), command);
    }

    /** Nothing is charged any more that waits for a confirmation. What is being charged, the payment process stops. */
    private CompletionStage<Void> dropCharges(Recorded<?> cause, ContractEvent.PartySuspended e) {
        var drop = new DropCharge(e.deal().clientId());
        return sequentially(
                IntStream.rangeClosed(1, e.milestones()).boxed().toList(),
                number ->
                        sender.send(cause, Escrow.AGGREGATE, Escrow.id(cause.entityId(), number), drop, _ -> NOTHING));
    }
}
