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
import io.guildhall.kernel.Backoff;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Carries the suspension of an account, and its end, into the running contracts of the account: each contract notes it,
 * so that the other party is notified; and releases that were held are resumed when the suspension is lifted.
 *
 * <p>A contract has a deadline for each party, in the group of the party's account. It compares what the contract has
 * noted with the suspensions that its node knows, so that it can run at any time and repeatedly. It runs when this node
 * knows the state that the account has recorded, and again when every other node knows it or its older knowledge has
 * expired.
 */
public final class SuspensionProcess implements Process {
    static final DeadlineKind STANDING = new DeadlineKind("contract-standing");
    static final DeadlineKind RESUME = new DeadlineKind("contract-release-resume");
    static final DeadlineKind KNOWN = new DeadlineKind("suspension-known");
    static final DeadlineKind SPREAD = new DeadlineKind("suspension-spread");

    /** Until an event of the account makes the deadline due. */
    private static final Duration LONG = Duration.ofDays(36_500);

    /** A held release is tried again, ever more rarely, even if the end of the suspension was missed. */
    private static final Backoff RESUME_PAUSE = new Backoff(Duration.ofMinutes(10), Duration.ofDays(1));

    /** Another node can learn of a suspension later than this one, so the deadlines are made due again. */
    private static final List<Duration> SPREAD_PAUSES = List.of(Duration.ofSeconds(3), SuspendedAccounts.MAX_AGE);

    /** How long a node waits if it does not know yet of a suspension or its end. */
    private static final Backoff UNKNOWN_PAUSE = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));

    /** The numbers of a contract's deadlines. */
    private static final int CLIENT = 1, FREELANCER = 2;

    private static final List<Integer> PARTIES = List.of(CLIENT, FREELANCER);

    private final Entities entities;
    private final Schedule schedule;
    private final SuspendedAccounts suspended;
    private final InstantSource clock;

    public SuspensionProcess(Entities entities, Schedule schedule, SuspendedAccounts suspended, InstantSource clock) {
        this.entities = entities;
        this.schedule = schedule;
        this.suspended = suspended;
        this.clock = clock;
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
        return Map.of(
                KNOWN, this::awaitKnown, SPREAD, this::spread, STANDING, this::compareSuspension, RESUME, this::resume);
    }

    private CompletionStage<Void> onAccountEvent(Recorded<AccountEvent> recorded) {
        return switch (recorded.event()) {
            case AccountEvent.Suspended e -> planSpreading(recorded, e.at());
            case AccountEvent.SuspensionLifted e -> planSpreading(recorded, e.at());
            case AccountEvent.Opened _, AccountEvent.SessionEvent _, AccountEvent.EntitlementEvent _ -> NOTHING;
        };
    }

    private CompletionStage<Void> planSpreading(Recorded<?> cause, Instant at) {
        return schedule.plan(cause.correlation(), KNOWN.forEntity(cause.entityId()), at);
    }

    /** Waits until this node knows the account's own state. */
    private CompletionStage<DeadlineResult> awaitKnown(Deadline due) {
        return entities.state(Account.AGGREGATE, due.entityId()).thenCompose(account -> switch (account) {
            case Account.Active it -> awaitKnown(due, it.person().id(), false);
            case Account.Suspended it -> awaitKnown(due, it.person().id(), true);
            case Account.NotCreated _ -> completedFuture(DeadlineResult.done());
        });
    }

    private CompletionStage<DeadlineResult> awaitKnown(Deadline due, String accountId, boolean isSuspended) {
        if (!suspended.areKnown() || suspended.contains(accountId) != isSuspended)
            return completedFuture(DeadlineResult.retryAfter(UNKNOWN_PAUSE.after(due.run())));
        return schedule.plan(due.correlation(), SPREAD.forEntity(accountId), clock.instant())
                .thenApply(_ -> DeadlineResult.done());
    }

    /** Makes the deadlines of the account due; the last time when the older knowledge of every node has expired. */
    private CompletionStage<DeadlineResult> spread(Deadline due) {
        return schedule.makeGroupDue(STANDING, due.entityId())
                .thenCompose(_ -> schedule.makeGroupDue(RESUME, due.entityId()))
                .thenApply(_ -> due.run() <= SPREAD_PAUSES.size()
                        ? DeadlineResult.retryAfter(SPREAD_PAUSES.get(due.run() - 1))
                        : DeadlineResult.done());
    }

    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.Created e -> planSuspensionCheck(recorded, e.deal(), e.at());
            case ContractEvent.ReleaseHeld e ->
                schedule.plan(
                        recorded.correlation(),
                        RESUME.forEntity(recorded.entityId(), e.number()),
                        e.deal().freelancerId(),
                        e.at().plus(RESUME_PAUSE.first()));
            // The deadlines end with the contract.
            case ContractEvent.Completed _, ContractEvent.Cancelled _ ->
                schedule.makeDue(STANDING, recorded.entityId());
            case ContractEvent.MilestoneEvent _, ContractEvent.StandingEvent _ -> NOTHING;
        };
    }

    private CompletionStage<Void> planSuspensionCheck(Recorded<?> cause, Deal deal, Instant at) {
        return sequentially(
                PARTIES,
                party -> schedule.plan(
                        cause.correlation(), STANDING.forEntity(cause.entityId(), party), account(deal, party), at));
    }

    private static String account(Deal deal, int party) {
        return party == CLIENT ? deal.clientId() : deal.freelancerId();
    }

    private CompletionStage<DeadlineResult> compareSuspension(Deadline due) {
        return entities.state(Contract.AGGREGATE, due.entityId()).thenCompose(contract -> switch (contract) {
            case Contract.AwaitingFunding it -> compareSuspension(due, it.details());
            case Contract.Active it -> compareSuspension(due, it.details());
            case Contract.NotCreated _, Contract.Completed _, Contract.Cancelled _ ->
                completedFuture(DeadlineResult.done());
        });
    }

    private CompletionStage<DeadlineResult> compareSuspension(Deadline due, Contract.Details details) {
        var accountId = account(details.deal(), due.number());
        if (!suspended.areKnown()) return completedFuture(DeadlineResult.retryAfter(UNKNOWN_PAUSE.after(due.run())));
        boolean isSuspended = suspended.contains(accountId);
        if (details.suspended().contains(accountId) == isSuspended)
            return completedFuture(DeadlineResult.retryAfter(LONG));
        return execute(due, new NoteStanding(accountId, isSuspended)).thenApply(_ -> DeadlineResult.retryAfter(LONG));
    }

    private CompletionStage<DeadlineResult> resume(Deadline due) {
        return execute(due, new ResumeRelease(due.number())).thenApply(outcome -> switch (outcome) {
            case Outcome.Done<Contract, ContractRejection> _ -> DeadlineResult.done();
            case Outcome.Rejected<Contract, ContractRejection>(var reason)
            when reason == ContractRejection.COUNTERPART_SUSPENDED ->
                DeadlineResult.retryAfter(RESUME_PAUSE.after(due.run()));
            case Outcome.Rejected<Contract, ContractRejection>(var reason) -> DeadlineResult.rejected(reason);
        });
    }

    private CompletionStage<Outcome<Contract, ContractRejection>> execute(Deadline due, ContractCommand command) {
        return entities.execute(due.correlation(), Contract.AGGREGATE, due.entityId(), command);
    }
}
