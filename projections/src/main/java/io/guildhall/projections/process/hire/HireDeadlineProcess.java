package io.guildhall.projections.process.hire;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireCommand;
import io.guildhall.domain.hire.HireRejection;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import io.guildhall.projections.process.HireStart;
import io.guildhall.projections.process.HireUndo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Ensures that every hire ends, even if a step was lost: no job stays in filling, and no invite stays accepted without
 * a contract. At its deadline, a hire that is not agreed on fails and is undone; one that is agreed on is finished. It
 * reads the journal on its own, so that an event that the other process cannot handle does not stop it.
 */
public final class HireDeadlineProcess implements Process {
    static final DeadlineKind OF_JOB = new DeadlineKind("hire-of-job");
    static final DeadlineKind OF_INVITE = new DeadlineKind("hire-of-invite");
    private static final Duration NOT_DUE_PAUSE = Duration.ofMinutes(1);

    private final Entities entities;
    private final Schedule schedule;
    private final HireStart start;
    private final HireSteps steps;
    private final HireUndo undo;

    public HireDeadlineProcess(Entities entities, Schedule schedule, HireStart start) {
        this.entities = entities;
        this.schedule = schedule;
        this.start = start;
        this.steps = new HireSteps(entities, start.rules());
        this.undo = new HireUndo(new CommandSender(entities));
    }

    @Override
    public String name() {
        return "hire-deadlines";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Job.AGGREGATE, this::onJobEvent), on(Invite.AGGREGATE, this::onInviteEvent));
    }

    private CompletionStage<Void> onJobEvent(Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            case JobEvent.FillingStarted e -> plan(recorded, OF_JOB, e.at());
            case JobEvent.PostingEvent _, JobEvent.CountEvent _, JobEvent.HiringEvent _, JobEvent.EndEvent _ -> NOTHING;
        };
    }

    private CompletionStage<Void> onInviteEvent(Recorded<InviteEvent> recorded) {
        return switch (recorded.event()) {
            case InviteEvent.Accepted e -> plan(recorded, OF_INVITE, e.at());
            case InviteEvent.Sent _,
                    InviteEvent.Declined _,
                    InviteEvent.Withdrawn _,
                    InviteEvent.Reminded _,
                    InviteEvent.Expired _,
                    InviteEvent.Refused _ -> NOTHING;
        };
    }

    private CompletionStage<Void> plan(Recorded<?> cause, DeadlineKind kind, Instant startedAt) {
        return schedule.plan(cause.correlation(), kind.forEntity(cause.entityId()), startedAt.plus(start.timeLimit()));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return Map.of(OF_JOB, this::checkJob, OF_INVITE, this::checkInvite);
    }

    private CompletionStage<DeadlineResult> checkJob(Deadline due) {
        var jobId = due.entityId();
        return entities.state(Job.AGGREGATE, jobId).thenCompose(job -> switch (job) {
            case Job.Filling(var _, var _, var hire) ->
                end(due.correlation(), hire.contractId(), () -> start.byProposal(due.correlation(), jobId, hire));
            case Job.NotCreated _,
                    Job.Draft _,
                    Job.Open _,
                    Job.Hired _,
                    Job.Completed _,
                    Job.Cancelled _,
                    Job.Closed _ -> DONE;
        });
    }

    private CompletionStage<DeadlineResult> checkInvite(Deadline due) {
        var inviteId = due.entityId();
        return entities.state(Invite.AGGREGATE, inviteId).thenCompose(invite -> switch (invite) {
            case Invite.Accepted it ->
                end(
                        due.correlation(),
                        it.contractId(),
                        () -> start.byInvite(
                                due.correlation(), inviteId, it.details(), it.contractId(), it.feeBasisPoints()));
            case Invite.NotCreated _, Invite.Pending _, Invite.Ended _ -> DONE;
        });
    }

    private static final CompletionStage<DeadlineResult> DONE = completedFuture(DeadlineResult.done());

    private static CompletionStage<DeadlineResult> doneAfter(CompletionStage<Void> step) {
        return step.thenApply(_ -> DeadlineResult.done());
    }

    /** @param lostStart starts the hire, if that step was lost */
    private CompletionStage<DeadlineResult> end(
            Correlation correlation, String contractId, Supplier<CompletionStage<Void>> lostStart) {
        return entities.state(Hire.AGGREGATE, contractId).thenCompose(hire -> switch (hire) {
            case Hire.NotStarted _ -> startUnlessHired(contractId, lostStart);
            case Hire.InProgress it -> timeOut(correlation, contractId, it);
            case Hire.Agreed it -> doneAfter(steps.finish(correlation, contractId, it.details(), it.terms()));
            case Hire.Succeeded it ->
                doneAfter(steps.confirm(correlation, contractId, it.details().jobId()));
            case Hire.Failed it -> doneAfter(undo.undo(correlation, contractId, it.details(), it.reason()));
        });
    }

    /** A contract without a hire was created by the version before, which did not record hires. */
    private CompletionStage<DeadlineResult> startUnlessHired(
            String contractId, Supplier<CompletionStage<Void>> lostStart) {
        return entities.state(Contract.AGGREGATE, contractId).thenCompose(contract -> switch (contract) {
            case Contract.NotCreated _ -> lostStart.get().thenApply(_ -> DeadlineResult.retryAfter(start.timeLimit()));
            case Contract.AwaitingFunding _, Contract.Active _, Contract.Completed _, Contract.Cancelled _ -> DONE;
        });
    }

    private CompletionStage<DeadlineResult> timeOut(Correlation correlation, String contractId, Hire.InProgress hire) {
        return entities.execute(correlation, Hire.AGGREGATE, contractId, new HireCommand.TimeOut())
                .thenCompose(outcome -> switch (outcome) {
                    // It may have been agreed on in the meantime: the next run finishes it if that is necessary.
                    case Outcome.Done<Hire, HireRejection>(var ended)
                    when ended instanceof Hire.Failed failed ->
                        doneAfter(undo.undo(correlation, contractId, hire.details(), failed.reason()));
                    case Outcome.Done<Hire, HireRejection> _ ->
                        completedFuture(DeadlineResult.retryAfter(NOT_DUE_PAUSE));
                    case Outcome.Rejected<Hire, HireRejection>(var reason) ->
                        completedFuture(DeadlineResult.rejected(reason));
                });
    }
}
