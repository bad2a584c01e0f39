package io.guildhall.projections.process.invite;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import io.guildhall.projections.process.ContractCreation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Turns accepted invites into contracts: if the freelancer can be paid and the invite's job, if it has one, can be
 * filled, the contract is created; otherwise the acceptance fails. An invite that is not accepted expires at its deadline
 * or when its job is filled or closed.
 */
public final class InviteProcess implements Process {
    static final DeadlineKind EXPIRE = new DeadlineKind("invite-expire");
    static final DeadlineKind REMIND = new DeadlineKind("invite-remind");
    private static final Duration REMINDER_BEFORE_EXPIRY = Duration.ofDays(1);

    private final Entities entities;
    private final CommandSender sender;
    private final Schedule schedule;
    private final int feeBasisPoints;

    /** @param feeBasisPoints the fee of hires that started before fees were pinned */
    public InviteProcess(Entities entities, Schedule schedule, int feeBasisPoints) {
        this.entities = entities;
        this.sender = new CommandSender(entities);
        this.schedule = schedule;
        this.feeBasisPoints = feeBasisPoints;
    }

    @Override
    public String name() {
        return "inviting";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Invite.AGGREGATE, this::onInviteEvent), on(Job.AGGREGATE, this::onJobEvent));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return Map.of(
                EXPIRE,
                due -> sender.sendWhenDue(due, Invite.AGGREGATE, new InviteCommand.Expire(due.number())),
                REMIND,
                due -> sender.sendWhenDue(due, Invite.AGGREGATE, new InviteCommand.Remind(due.number())));
    }

    private CompletionStage<Void> onInviteEvent(Recorded<InviteEvent> recorded) {
        return switch (recorded.event()) {
            case InviteEvent.Sent e -> planDeadlines(recorded, e.letter(), e.at());
            case InviteEvent.Accepted e -> hire(recorded, e);
            // It may be waiting again, and its deadlines may have passed while it was accepted.
            case InviteEvent.Refused e -> planDeadlines(recorded, e.letter(), e.at());
            case InviteEvent.Declined _, InviteEvent.Withdrawn _, InviteEvent.Reminded _, InviteEvent.Expired _ ->
                NOTHING;
        };
    }

    private CompletionStage<Void> onJobEvent(Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            case JobEvent.Hired _, JobEvent.Closed _ -> schedule.makeGroupDue(EXPIRE, recorded.entityId());
            case JobEvent.PostingEvent _, JobEvent.ProposalReceived _, JobEvent.HiringEvent _, JobEvent.EndEvent _ ->
                NOTHING;
        };
    }

    private CompletionStage<Void> planDeadlines(Recorded<?> cause, InviteDetails details, Instant now) {
        var id = cause.entityId();
        var reminder = details.expiresAt().minus(REMINDER_BEFORE_EXPIRY);
        var reminderPlanned = reminder.isAfter(now)
                ? schedule.plan(cause.correlation(), REMIND.forEntity(id, details.number()), reminder)
                : NOTHING;
        return reminderPlanned
                .thenCompose(_ -> planExpiry(cause, details))
                .thenCompose(_ -> details.source()
                        .jobId()
                        .map(job -> expireUnlessOpen(id, job))
                        .orElse(NOTHING));
    }

    /** All invites to a job are a group, so that they expire when it is filled or closed. */
    private CompletionStage<Void> planExpiry(Recorded<?> cause, InviteDetails details) {
        var expiry = EXPIRE.forEntity(cause.entityId(), details.number());
        return details.source()
                .jobId()
                .map(job -> schedule.plan(cause.correlation(), expiry, job, details.expiresAt()))
                .orElseGet(() -> schedule.plan(cause.correlation(), expiry, details.expiresAt()));
    }

    /** Runs after the deadline is planned, so that a job which is filled or closed from now on finds it. */
    private CompletionStage<Void> expireUnlessOpen(String id, String jobId) {
        return entities.state(Job.AGGREGATE, jobId).thenCompose(job -> switch (job) {
            case Job.Open _, Job.Filling _ -> NOTHING;
            case Job.NotCreated _, Job.Draft _, Job.Hired _, Job.Completed _, Job.Cancelled _, Job.Closed _ ->
                schedule.makeDue(EXPIRE, id);
        });
    }

    private CompletionStage<Void> hire(Recorded<?> cause, InviteEvent.Accepted e) {
        return canBePaid(e).thenCompose(canBePaid -> {
            if (!canBePaid) return failAcceptance(cause, e, AcceptanceFailure.PAYOUT_NOT_READY);
            return e.letter()
                    .source()
                    .jobId()
                    .map(job -> fillJob(cause, e, job))
                    .orElseGet(() -> createContract(cause, e));
        });
    }

    /**
     * True for a hire that has already started: a repeated event takes the same branch even if the payout account has
     * changed since.
     */
    private CompletionStage<Boolean> canBePaid(InviteEvent.Accepted e) {
        return entities.state(PayoutAccount.AGGREGATE, e.letter().freelancerId())
                .thenCompose(account -> account.canReceiveTransfers() ? completedFuture(true) : hasStarted(e));
    }

    private CompletionStage<Boolean> hasStarted(InviteEvent.Accepted e) {
        return e.letter()
                .source()
                .jobId()
                .map(id -> entities.state(Job.AGGREGATE, id).thenApply(job -> job.isHiring(e.contractId())))
                .orElseGet(() -> entities.state(Contract.AGGREGATE, e.contractId())
                        .thenApply(contract -> !(contract instanceof Contract.NotCreated)));
    }

    private CompletionStage<Void> fillJob(Recorded<?> cause, InviteEvent.Accepted e, String jobId) {
        var details = e.letter();
        var take = new JobCommand.TakeInvite(
                cause.entityId(), details.clientId(), details.offer().price().currency(), e.contractId());
        return entities.execute(cause.correlation(), Job.AGGREGATE, jobId, take)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Job, JobRejection> _ -> createContract(cause, e);
                    case Outcome.Rejected<Job, JobRejection>(var rejection) ->
                        failAcceptance(cause, e, reason(rejection));
                });
    }

    private static AcceptanceFailure reason(JobRejection rejection) {
        return switch (rejection) {
            case OTHER_CURRENCY -> AcceptanceFailure.OTHER_CURRENCY;
            case CALLER_SUSPENDED, COUNTERPART_SUSPENDED -> AcceptanceFailure.ACCOUNT_SUSPENDED;
            case NOT_POSTED,
                    NOT_YOURS,
                    ALREADY_POSTED,
                    INVALID_BUDGET,
                    REVISION_MISMATCH,
                    NOT_OPEN,
                    BEING_FILLED,
                    NO_SUCH_PROPOSAL,
                    CURRENCY_FIXED,
                    TOO_MANY_PROPOSALS,
                    DIFFERENT_HIRE -> AcceptanceFailure.JOB_NOT_OPEN;
        };
    }

    private CompletionStage<Void> failAcceptance(Recorded<?> cause, InviteEvent.Accepted e, AcceptanceFailure reason) {
        return sender.send(cause, Invite.AGGREGATE, cause.entityId(), new InviteCommand.Refuse(e.contractId(), reason));
    }

    private CompletionStage<Void> createContract(Recorded<?> cause, InviteEvent.Accepted e) {
        var details = e.letter();
        var deal = new Deal(
                details.source().jobId(),
                Optional.empty(),
                Optional.of(cause.entityId()),
                details.clientId(),
                details.freelancerId(),
                details.source().title(),
                details.offer().price(),
                e.feeBasisPoints().orElse(feeBasisPoints),
                Deal.RULES_VERSION);
        return new ContractCreation(sender)
                .create(cause, e.contractId(), deal, details.offer().milestones());
    }
}
