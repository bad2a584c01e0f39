package io.guildhall.projections.process.hiring;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static io.guildhall.projections.process.CommandSender.each;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.ProposalCommand.Decline;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.domain.proposal.ProposalRejection;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.kernel.Ids;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * From a proposal to a contract: the job takes the proposal in or it is declined; the job starts filling, the proposal is won or the hire is
 * given up; the contract is drawn, its escrows and its room are opened, the hire is confirmed and the other proposals are declined.
 */
public final class HiringProcess implements Process {
    private final Entities entities;
    private final CommandSender sender;
    private final int feeBasisPoints;

    /** @param feeBasisPoints pinned in every contract that is drawn from now on */
    public HiringProcess(Entities entities, int feeBasisPoints) {
        this.entities = entities;
        this.sender = new CommandSender(entities);
        this.feeBasisPoints = feeBasisPoints;
    }

    @Override
    public String name() {
        return "hiring";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(
                on(Proposal.AGGREGATE, this::proposal),
                on(Job.AGGREGATE, this::job),
                on(Contract.AGGREGATE, this::contract));
    }

    CompletionStage<Void> proposal(Recorded<ProposalEvent> recorded) {
        return switch (recorded.event()) {
            case ProposalEvent.SubmissionEvent e -> receive(recorded, e);
            case ProposalEvent.Accepted e -> draw(recorded, e);
            case ProposalEvent.WaitingEvent _, ProposalEvent.Declined _, ProposalEvent.Withdrawn _ -> NOTHING;
        };
    }

    CompletionStage<Void> job(Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            // An invite that was taken stands: its own process draws the contract.
            case JobEvent.FillingStarted e when Ids.looksLike(Invite.PREFIX, e.proposalId()) -> NOTHING;
            case JobEvent.FillingStarted e -> win(recorded, e);
            case JobEvent.Hired e -> each(e.declined(), it -> decline(recorded, it, DeclineReason.JOB_FILLED));
            case JobEvent.Closed e -> each(e.declined(), it -> decline(recorded, it, DeclineReason.JOB_CLOSED));
            case JobEvent.PostingEvent _, JobEvent.ProposalReceived _, JobEvent.HiringEvent _, JobEvent.EndEvent _ ->
                NOTHING;
        };
    }

    CompletionStage<Void> contract(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.Drawn e -> furnish(recorded, e);
            case ContractEvent.Completed e -> tell(recorded, e.deal(), new JobCommand.Complete(recorded.entityId()));
            case ContractEvent.Cancelled e -> callOff(recorded, e);
            case ContractEvent.MilestoneEvent _ -> NOTHING;
        };
    }

    /** Only who can be paid may apply. A proposal that the job has taken in already stays there, whatever became of the account since. */
    private CompletionStage<Void> receive(Recorded<?> cause, ProposalEvent.SubmissionEvent e) {
        var proposalId = cause.entityId();
        return entities.state(PayoutAccount.AGGREGATE, e.freelancerId())
                .thenCompose(account -> account.canReceiveTransfers()
                        ? offer(cause, e)
                        : entities.state(Job.AGGREGATE, e.jobId())
                                .thenCompose(job -> job instanceof Job.Open open
                                                && open.proposals().contains(proposalId)
                                        ? NOTHING
                                        : decline(cause, proposalId, DeclineReason.PAYOUT_NOT_READY)));
    }

    private CompletionStage<Void> offer(Recorded<?> cause, ProposalEvent.SubmissionEvent e) {
        var proposalId = cause.entityId();
        var receive = new JobCommand.ReceiveProposal(
                proposalId, e.freelancerId(), e.terms().price().currency());
        return sender.send(
                cause, Job.AGGREGATE, e.jobId(), receive, refusal -> decline(cause, proposalId, reason(refusal)));
    }

    private static DeclineReason reason(JobRejection refusal) {
        return switch (refusal) {
            case TOO_MANY_PROPOSALS -> DeclineReason.TOO_MANY_PROPOSALS;
            case OTHER_CURRENCY -> DeclineReason.OTHER_CURRENCY;
            case NOT_POSTED,
                    NOT_YOURS,
                    ALREADY_POSTED,
                    BUDGET_UNSOUND,
                    CHANGED_MEANWHILE,
                    NOT_OPEN,
                    BEING_FILLED,
                    NO_SUCH_PROPOSAL,
                    CURRENCY_FIXED,
                    NOT_THIS_HIRE -> DeclineReason.JOB_NOT_OPEN;
        };
    }

    /** One that was accepted or taken back meanwhile has had its answer. */
    private CompletionStage<Void> decline(Recorded<?> cause, String proposalId, DeclineReason why) {
        var decline = new Decline(why);
        return sender.send(cause, Proposal.AGGREGATE, proposalId, decline, refusal -> switch (refusal) {
            case ALREADY_ACCEPTED, ALREADY_DECLINED, ALREADY_WITHDRAWN -> NOTHING;
            case NOT_SUBMITTED,
                    NOT_YOURS,
                    OWN_JOB,
                    ALREADY_SUBMITTED,
                    MILESTONES_DO_NOT_ADD_UP,
                    CURRENCY_FIXED,
                    CHANGED_MEANWHILE -> CommandSender.broken(Proposal.AGGREGATE, proposalId, decline, refusal);
        });
    }

    /** What a proposal refuses once it refuses for ever: withdrawn stays withdrawn, a later revision stays later. */
    private CompletionStage<Void> win(Recorded<?> cause, JobEvent.FillingStarted e) {
        var accept = new ProposalCommand.Accept(e.revision(), e.contractId(), e.title());
        return sender.send(cause, Proposal.AGGREGATE, e.proposalId(), accept, refusal -> abandon(cause, e, refusal));
    }

    private CompletionStage<Void> abandon(Recorded<?> cause, JobEvent.FillingStarted e, ProposalRejection why) {
        var jobId = cause.entityId();
        var abandon = new JobCommand.AbandonHire(
                e.contractId(), why.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return sender.send(cause, Job.AGGREGATE, jobId, abandon, refusal -> switch (refusal) {
            // It was given up before, and the job is on to another hire.
            case NOT_THIS_HIRE, NOT_OPEN -> NOTHING;
            case NOT_POSTED,
                    NOT_YOURS,
                    ALREADY_POSTED,
                    BUDGET_UNSOUND,
                    CHANGED_MEANWHILE,
                    BEING_FILLED,
                    NO_SUCH_PROPOSAL,
                    OTHER_CURRENCY,
                    CURRENCY_FIXED,
                    TOO_MANY_PROPOSALS -> CommandSender.broken(Job.AGGREGATE, jobId, abandon, refusal);
        });
    }

    private CompletionStage<Void> draw(Recorded<?> cause, ProposalEvent.Accepted e) {
        var terms = e.terms();
        var deal = Deal.byProposal(
                e.jobId(),
                cause.entityId(),
                e.clientId(),
                e.freelancerId(),
                e.jobTitle(),
                terms.price(),
                feeBasisPoints);
        return new ContractDrawing(sender).draw(cause, e.contractId(), deal, terms.milestones());
    }

    /** The job is told last: who sees it hired finds everything there. */
    private CompletionStage<Void> furnish(Recorded<?> cause, ContractEvent.Drawn e) {
        var contractId = cause.entityId();
        var deal = e.deal();
        var room = new RoomCommand.Open(contractId, deal.title(), deal.clientId(), deal.freelancerId());
        return each(e.milestones(), it -> openEscrow(cause, deal, it))
                .thenCompose(_ -> sender.send(cause, Room.AGGREGATE, Room.id(contractId), room))
                .thenCompose(_ -> tell(cause, deal, new JobCommand.ConfirmHire(contractId)));
    }

    private CompletionStage<Void> openEscrow(Recorded<?> cause, Deal deal, Milestone milestone) {
        var contractId = cause.entityId();
        var escrow = new EscrowDeal(
                contractId,
                milestone.number(),
                milestone.title(),
                deal.clientId(),
                deal.freelancerId(),
                milestone.amount(),
                deal.feeBasisPoints());
        return sender.send(
                cause, Escrow.AGGREGATE, Escrow.id(contractId, milestone.number()), new EscrowCommand.Open(escrow));
    }

    private CompletionStage<Void> callOff(Recorded<?> cause, ContractEvent.Cancelled e) {
        var contractId = cause.entityId();
        var numbers = IntStream.rangeClosed(1, e.milestones()).boxed().toList();
        return each(
                        numbers,
                        number -> sender.send(
                                cause, Escrow.AGGREGATE, Escrow.id(contractId, number), new EscrowCommand.CallOff()))
                .thenCompose(_ -> tell(cause, e.deal(), new JobCommand.Cancel(contractId)));
    }

    /** What was ordered has no job. */
    private CompletionStage<Void> tell(Recorded<?> cause, Deal deal, JobCommand command) {
        return deal.jobId()
                .map(job -> sender.send(cause, Job.AGGREGATE, job, command))
                .orElse(NOTHING);
    }
}
