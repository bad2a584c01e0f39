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
import io.guildhall.domain.invite.InviteRejection;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.process.CommandSender;
import io.guildhall.projections.process.Deadline;
import io.guildhall.projections.process.DeadlineHandler;
import io.guildhall.projections.process.DeadlineResult;
import io.guildhall.projections.process.Schedule;
import io.guildhall.projections.process.hiring.ContractDrawing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * From an invite that was taken to a contract: the freelancer can be paid, the job, where there is one, is filled by it, and the contract is
 * drawn, or the acceptance is refused and told. What is not taken expires, at its time or with its job.
 */
public final class InviteProcess implements Process {
    static final String EXPIRE = "invite-expire";
    static final String REMIND = "invite-remind";
    private static final Duration REMINDER = Duration.ofDays(1);

    private final Entities entities;
    private final CommandSender sender;
    private final Schedule schedule;
    private final int feeBasisPoints;

    /** @param feeBasisPoints pinned in every contract that is drawn from now on */
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
    public List<On<?>> follows() {
        return List.of(on(Invite.AGGREGATE, this::invite), on(Job.AGGREGATE, this::job));
    }

    /** What is to be done for each kind of row. */
    public Map<String, DeadlineHandler> kinds() {
        return Map.of(
                EXPIRE, row -> due(row, InviteCommand.Expire::new), REMIND, row -> due(row, InviteCommand.Remind::new));
    }

    CompletionStage<Void> invite(Recorded<InviteEvent> recorded) {
        return switch (recorded.event()) {
            case InviteEvent.Sent e -> plan(recorded, e.letter(), e.at());
            case InviteEvent.Accepted e -> hire(recorded, e);
            // It may wait again, and its row was done with while it was taken.
            case InviteEvent.Refused e -> plan(recorded, e.letter(), e.at());
            case InviteEvent.Declined _, InviteEvent.Withdrawn _, InviteEvent.Reminded _, InviteEvent.Expired _ ->
                NOTHING;
        };
    }

    CompletionStage<Void> job(Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            case JobEvent.Hired _, JobEvent.Closed _ -> schedule.hasten(EXPIRE, Invite.idPrefix(recorded.entityId()));
            case JobEvent.PostingEvent _, JobEvent.ProposalReceived _, JobEvent.HiringEvent _, JobEvent.EndEvent _ ->
                NOTHING;
        };
    }

    private CompletionStage<Void> plan(Recorded<?> cause, InviteDetails letter, Instant now) {
        var id = cause.entityId();
        var key = id + "/" + letter.number();
        var reminder = letter.expiresAt().minus(REMINDER);
        var reminded = reminder.isAfter(now) ? schedule.at(cause.correlation(), REMIND, key, id, reminder) : NOTHING;
        return reminded.thenCompose(_ -> schedule.at(cause.correlation(), EXPIRE, key, id, letter.expiresAt()))
                .thenCompose(_ -> letter.source()
                        .jobId()
                        .map(job -> expireUnlessOpen(id, job))
                        .orElse(NOTHING));
    }

    /** The row stands before the job is looked at: a job that is filled or closed from now on finds it. */
    private CompletionStage<Void> expireUnlessOpen(String id, String jobId) {
        return entities.state(Job.AGGREGATE, jobId).thenCompose(job -> switch (job) {
            case Job.Open _, Job.Filling _ -> NOTHING;
            case Job.NotCreated _, Job.Draft _, Job.Hired _, Job.Completed _, Job.Cancelled _, Job.Closed _ ->
                schedule.hasten(EXPIRE, id + "/");
        });
    }

    private CompletionStage<Void> hire(Recorded<?> cause, InviteEvent.Accepted e) {
        return mayBePaid(e).thenCompose(may -> {
            if (!may) return refuse(cause, e, AcceptanceFailure.PAYOUT_NOT_READY);
            return e.letter().source().jobId().map(job -> fill(cause, e, job)).orElseGet(() -> draw(cause, e));
        });
    }

    /** A hire that is under way already goes on, whatever became of the payout account since. */
    private CompletionStage<Boolean> mayBePaid(InviteEvent.Accepted e) {
        return entities.state(PayoutAccount.AGGREGATE, e.letter().freelancerId())
                .thenCompose(account -> account.canReceiveTransfers() ? completedFuture(true) : isUnderWay(e));
    }

    private CompletionStage<Boolean> isUnderWay(InviteEvent.Accepted e) {
        return e.letter()
                .source()
                .jobId()
                .map(id -> entities.state(Job.AGGREGATE, id).thenApply(job -> job.isHiring(e.contractId())))
                .orElseGet(() -> entities.state(Contract.AGGREGATE, e.contractId())
                        .thenApply(contract -> !(contract instanceof Contract.NotCreated)));
    }

    private CompletionStage<Void> fill(Recorded<?> cause, InviteEvent.Accepted e, String jobId) {
        var letter = e.letter();
        var take = new JobCommand.TakeInvite(
                cause.entityId(), letter.clientId(), letter.offer().price().currency(), e.contractId());
        return entities.execute(cause.correlation(), Job.AGGREGATE, jobId, take)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Job, JobRejection> _ -> draw(cause, e);
                    case Outcome.Refused<Job, JobRejection> refused -> refuse(cause, e, reason(refused.reason()));
                });
    }

    private static AcceptanceFailure reason(JobRejection refusal) {
        return switch (refusal) {
            case OTHER_CURRENCY -> AcceptanceFailure.OTHER_CURRENCY;
            case NOT_POSTED,
                    NOT_YOURS,
                    ALREADY_POSTED,
                    BUDGET_UNSOUND,
                    CHANGED_MEANWHILE,
                    NOT_OPEN,
                    BEING_FILLED,
                    NO_SUCH_PROPOSAL,
                    CURRENCY_FIXED,
                    TOO_MANY_PROPOSALS,
                    NOT_THIS_HIRE -> AcceptanceFailure.JOB_NOT_OPEN;
        };
    }

    private CompletionStage<Void> refuse(Recorded<?> cause, InviteEvent.Accepted e, AcceptanceFailure why) {
        return sender.send(cause, Invite.AGGREGATE, cause.entityId(), new InviteCommand.Refuse(e.contractId(), why));
    }

    private CompletionStage<Void> draw(Recorded<?> cause, InviteEvent.Accepted e) {
        var letter = e.letter();
        var deal = new Deal(
                letter.source().jobId(),
                Optional.empty(),
                Optional.of(cause.entityId()),
                letter.clientId(),
                letter.freelancerId(),
                letter.source().title(),
                letter.offer().price(),
                feeBasisPoints,
                Deal.RULES_VERSION);
        return new ContractDrawing(sender)
                .draw(cause, e.contractId(), deal, letter.offer().milestones());
    }

    private CompletionStage<DeadlineResult> due(Deadline row, IntFunction<InviteCommand> command) {
        int number = Integer.parseInt(row.key().substring(row.key().lastIndexOf('/') + 1));
        return entities.execute(row.correlation(), Invite.AGGREGATE, row.entityId(), command.apply(number))
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Done<Invite, InviteRejection> _ -> DeadlineResult.done();
                    case Outcome.Refused<Invite, InviteRejection> _ -> DeadlineResult.again(Duration.ofMinutes(1));
                });
    }
}
