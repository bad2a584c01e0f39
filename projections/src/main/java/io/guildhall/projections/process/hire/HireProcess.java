package io.guildhall.projections.process.hire;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static io.guildhall.projections.process.CommandSender.sequentially;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireEvent;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import io.guildhall.projections.process.HireStart;
import io.guildhall.projections.process.HireUndo;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Runs every hire, whether it starts with a proposal, an invite or an order. A new hire requires the agreement of the
 * proposal or the job. An agreed hire gets its contract with escrows and room, and then succeeds. A failed one is
 * undone. The hire records each outcome once, so an event that is read again, at any time, changes nothing.
 *
 * <p>Accepted invites and orders start their hire in the process of invites.
 */
public final class HireProcess implements Process {
    private final Entities entities;
    private final CommandSender sender;
    private final HireStart start;
    private final HireSteps steps;
    private final HireUndo undo;

    public HireProcess(Entities entities, HireStart start) {
        this.entities = entities;
        this.sender = new CommandSender(entities);
        this.start = start;
        this.steps = new HireSteps(entities, start.rules());
        this.undo = new HireUndo(sender);
    }

    @Override
    public String name() {
        return "hiring";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(
                on(Job.AGGREGATE, this::onJobEvent),
                on(Hire.AGGREGATE, this::onHireEvent),
                on(Contract.AGGREGATE, this::onContractEvent));
    }

    private CompletionStage<Void> onJobEvent(Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            case JobEvent.FillingStarted e -> startHire(recorded, e);
            case JobEvent.PostingEvent _, JobEvent.CountEvent _, JobEvent.HiringEvent _, JobEvent.EndEvent _ -> NOTHING;
        };
    }

    /** Does nothing if the job is no longer being filled by this hire: then it was steered by a version without hires. */
    private CompletionStage<Void> startHire(Recorded<?> cause, JobEvent.FillingStarted e) {
        return entities.state(Job.AGGREGATE, cause.entityId())
                .thenCompose(job -> job.isFilledBy(e.contractId())
                        ? start.byProposal(cause.correlation(), cause.entityId(), e)
                        : NOTHING);
    }

    private CompletionStage<Void> onHireEvent(Recorded<HireEvent> recorded) {
        var contractId = recorded.entityId();
        return switch (recorded.event()) {
            case HireEvent.Started _ -> steps.seekAgreement(recorded.correlation(), contractId);
            case HireEvent.Agreed e -> steps.createContract(recorded.correlation(), contractId, e.hire(), e.terms());
            case HireEvent.Succeeded e ->
                steps.confirm(recorded.correlation(), contractId, e.hire().jobId());
            case HireEvent.Failed e -> undo.undo(recorded.correlation(), contractId, e.hire(), e.reason());
        };
    }

    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.Created e ->
                steps.complete(recorded.correlation(), recorded.entityId(), e.deal(), e.milestones());
            case ContractEvent.Completed e ->
                sendToJob(recorded, e.deal(), new JobCommand.Complete(recorded.entityId()));
            case ContractEvent.Cancelled e -> cancelEscrows(recorded, e);
            case ContractEvent.MilestoneEvent _, ContractEvent.StandingEvent _ -> NOTHING;
        };
    }

    private CompletionStage<Void> cancelEscrows(Recorded<?> cause, ContractEvent.Cancelled e) {
        var contractId = cause.entityId();
        var numbers = IntStream.rangeClosed(1, e.milestones()).boxed().toList();
        return sequentially(
                        numbers,
                        number -> sender.send(
                                cause, Escrow.AGGREGATE, Escrow.id(contractId, number), new EscrowCommand.Cancel()))
                .thenCompose(_ -> sendToJob(cause, e.deal(), new JobCommand.Cancel(contractId)));
    }

    /**
     * Confirms the hire first: a contract can end before the event that confirms its hire was read. Does nothing for the
     * contract of an order, which has no job.
     */
    private CompletionStage<Void> sendToJob(Recorded<?> cause, Deal deal, JobCommand command) {
        return steps.confirm(cause.correlation(), cause.entityId(), deal.jobId())
                .thenCompose(_ -> deal.jobId()
                        .map(job -> sender.send(cause, Job.AGGREGATE, job, command))
                        .orElse(NOTHING));
    }
}
