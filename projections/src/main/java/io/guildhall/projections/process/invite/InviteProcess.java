package io.guildhall.projections.process.invite;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.actors.Entities;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import io.guildhall.projections.process.HireStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Starts the hire of an accepted invite. An invite that is not accepted expires at its deadline or when its job is filled
 * or closed.
 */
public final class InviteProcess implements Process {
    static final DeadlineKind EXPIRE = new DeadlineKind("invite-expire");
    static final DeadlineKind REMIND = new DeadlineKind("invite-remind");
    private static final Duration REMINDER_BEFORE_EXPIRY = Duration.ofDays(1);

    private final Entities entities;
    private final CommandSender sender;
    private final Schedule schedule;
    private final HireStart hires;

    public InviteProcess(Entities entities, Schedule schedule, HireStart hires) {
        this.entities = entities;
        this.sender = new CommandSender(entities);
        this.schedule = schedule;
        this.hires = hires;
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
            case InviteEvent.Accepted e -> startHire(recorded, e);
            // It may be waiting again, and its deadlines may have passed while it was accepted.
            case InviteEvent.Refused e -> planDeadlines(recorded, e.letter(), e.at());
            case InviteEvent.Declined _, InviteEvent.Withdrawn _, InviteEvent.Reminded _, InviteEvent.Expired _ ->
                NOTHING;
        };
    }

    private CompletionStage<Void> onJobEvent(Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            case JobEvent.Hired _, JobEvent.Closed _ -> schedule.makeGroupDue(EXPIRE, recorded.entityId());
            case JobEvent.PostingEvent _, JobEvent.CountEvent _, JobEvent.HiringEvent _, JobEvent.EndEvent _ -> NOTHING;
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
                        .map(job -> expireUnlessReceived(cause, details, job))
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

    /**
     * Lets the job receive the invite after its deadline is planned, so that a job which is filled or closed from now on
     * finds it. An invite to a job that is no longer open expires.
     */
    private CompletionStage<Void> expireUnlessReceived(Recorded<?> cause, InviteDetails details, String jobId) {
        var id = cause.entityId();
        var receive = new JobCommand.ReceiveInvite(id);
        return sender.send(cause, Job.AGGREGATE, jobId, receive, rejection -> switch (rejection) {
            case NOT_POSTED, NOT_OPEN ->
                sender.send(cause, Invite.AGGREGATE, id, new InviteCommand.Expire(details.number()));
            case NOT_YOURS,
                    ALREADY_POSTED,
                    INVALID_BUDGET,
                    REVISION_MISMATCH,
                    BEING_FILLED,
                    OTHER_CURRENCY,
                    CURRENCY_FIXED,
                    DIFFERENT_HIRE,
                    CALLER_SUSPENDED,
                    COUNTERPART_SUSPENDED -> CommandSender.unexpected(Job.AGGREGATE, jobId, receive, rejection);
        });
    }

    /** Does nothing if this acceptance was undone: then it was steered by a version without hires. */
    private CompletionStage<Void> startHire(Recorded<?> cause, InviteEvent.Accepted e) {
        return entities.state(Invite.AGGREGATE, cause.entityId())
                .thenCompose(invite -> invite.isAcceptedFor(e.contractId())
                        ? hires.byInvite(
                                cause.correlation(), cause.entityId(), e.letter(), e.contractId(), e.feeBasisPoints())
                        : NOTHING);
    }
}
