package io.guildhall.projections.process.hiring;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static io.guildhall.projections.process.CommandSender.sequentially;

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
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import io.guildhall.projections.process.ContractCreation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Turns proposals into contracts. A submitted proposal is received by its job or declined. When the job starts filling,
 * the proposal is accepted, or the hire is abandoned. An accepted proposal gets a contract with its escrows and room;
 * then the job confirms the hire and the other proposals are declined.
 */
public final class HiringProcess implements Process {
    private final Entities entities;
    private final CommandSender sender;
    private final int feeBasisPoints;

    /** @param feeBasisPoints the fee of hires that started before fees were pinned */
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
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(
                on(Proposal.AGGREGATE, this::onProposalEvent),
                on(Job.AGGREGATE, this::onJobEvent),
                on(Contract.AGGREGATE, this::onContractEvent));
    }

    private CompletionStage<Void> onProposalEvent(Recorded<ProposalEvent> recorded) {
        return switch (recorded.event()) {
            case ProposalEvent.SubmissionEvent e -> receiveIfPayable(recorded, e);
            case ProposalEvent.Accepted e -> createContract(recorded, e);
            case ProposalEvent.PendingEvent _, ProposalEvent.Declined _, ProposalEvent.Withdrawn _ -> NOTHING;
        };
    }

    private CompletionStage<Void> onJobEvent(Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            // An accepted invite needs no further step here: its own process creates the contract.
            case JobEvent.FillingStarted e when Ids.isWellFormed(Invite.PREFIX, e.proposalId()) -> NOTHING;
            case JobEvent.FillingStarted e -> acceptProposal(recorded, e);
            case JobEvent.Hired e -> sequentially(e.declined(), it -> decline(recorded, it, DeclineReason.JOB_FILLED));
            case JobEvent.Closed e -> sequentially(e.declined(), it -> decline(recorded, it, DeclineReason.JOB_CLOSED));
            case JobEvent.PostingEvent _, JobEvent.ProposalReceived _, JobEvent.HiringEvent _, JobEvent.EndEvent _ ->
                NOTHING;
        };
    }

    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.Created e -> openEscrowsAndRoom(recorded, e);
            case ContractEvent.Completed e ->
                sendToJob(recorded, e.deal(), new JobCommand.Complete(recorded.entityId()));
            case ContractEvent.Cancelled e -> cancelEscrows(recorded, e);
            case ContractEvent.MilestoneEvent _ -> NOTHING;
        };
    }

    /**
     * Declines the proposal if the freelancer cannot be paid yet, except if the job received it before: a repeated
     * event must not undo that.
     */
    private CompletionStage<Void> receiveIfPayable(Recorded<?> cause, ProposalEvent.SubmissionEvent e) {
        var proposalId = cause.entityId();
        return entities.state(PayoutAccount.AGGREGATE, e.freelancerId())
                .thenCompose(account -> account.canReceiveTransfers()
                        ? receive(cause, e)
                        : entities.state(Job.AGGREGATE, e.jobId())
                                .thenCompose(job -> job instanceof Job.Open open
                                                && open.proposals().contains(proposalId)
                                        ? NOTHING
                                        : decline(cause, proposalId, DeclineReason.PAYOUT_NOT_READY)));
    }

    private CompletionStage<Void> receive(Recorded<?> cause, ProposalEvent.SubmissionEvent e) {
        var proposalId = cause.entityId();
        var receive = new JobCommand.ReceiveProposal(
                proposalId, e.freelancerId(), e.terms().price().currency());
        return sender.send(
                cause, Job.AGGREGATE, e.jobId(), receive, rejection -> decline(cause, proposalId, reason(rejection)));
    }

    private static DeclineReason reason(JobRejection rejection) {
        return switch (rejection) {
            case TOO_MANY_PROPOSALS -> DeclineReason.TOO_MANY_PROPOSALS;
            case OTHER_CURRENCY -> DeclineReason.OTHER_CURRENCY;
            case CALLER_SUSPENDED, COUNTERPART_SUSPENDED -> DeclineReason.ACCOUNT_SUSPENDED;
            case NOT_POSTED,
                    NOT_YOURS,
                    ALREADY_POSTED,
                    INVALID_BUDGET,
                    REVISION_MISMATCH,
                    NOT_OPEN,
                    BEING_FILLED,
                    NO_SUCH_PROPOSAL,
                    CURRENCY_FIXED,
                    DIFFERENT_HIRE -> DeclineReason.JOB_NOT_OPEN;
        };
    }

    /** Does nothing if the proposal was accepted, declined or withdrawn in the meantime. */
    private CompletionStage<Void> decline(Recorded<?> cause, String proposalId, DeclineReason reason) {
        var decline = new Decline(reason);
        return sender.send(cause, Proposal.AGGREGATE, proposalId, decline, rejection -> switch (rejection) {
            case ALREADY_ACCEPTED, ALREADY_DECLINED, ALREADY_WITHDRAWN -> NOTHING;
            case NOT_SUBMITTED,
                    NOT_YOURS,
                    OWN_JOB,
                    ALREADY_SUBMITTED,
                    MILESTONES_DO_NOT_ADD_UP,
                    MILESTONES_TOO_LONG,
                    CURRENCY_FIXED,
                    REVISION_MISMATCH,
                    CALLER_SUSPENDED,
                    COUNTERPART_SUSPENDED ->
                CommandSender.unexpected(Proposal.AGGREGATE, proposalId, decline, rejection);
        });
    }

    /**
     * A rejection is final: a withdrawn proposal stays withdrawn, and an older revision cannot become the current one.
     * After a suspension, the client can accept the proposal again.
     */
    private CompletionStage<Void> acceptProposal(Recorded<?> cause, JobEvent.FillingStarted e) {
        var accept = new ProposalCommand.Accept(e.revision(), e.contractId(), e.title(), e.feeBasisPoints());
        return sender.send(
                cause, Proposal.AGGREGATE, e.proposalId(), accept, rejection -> abandonHire(cause, e, rejection));
    }

    private CompletionStage<Void> abandonHire(
            Recorded<?> cause, JobEvent.FillingStarted e, ProposalRejection rejection) {
        var jobId = cause.entityId();
        var abandon = new JobCommand.AbandonHire(e.contractId(), code(rejection));
        return sender.send(cause, Job.AGGREGATE, jobId, abandon, unexpected -> switch (unexpected) {
            // Abandoned before; the job may be in another hire by now.
            case DIFFERENT_HIRE, NOT_OPEN -> NOTHING;
            case NOT_POSTED,
                    NOT_YOURS,
                    ALREADY_POSTED,
                    INVALID_BUDGET,
                    REVISION_MISMATCH,
                    BEING_FILLED,
                    NO_SUCH_PROPOSAL,
                    OTHER_CURRENCY,
                    CURRENCY_FIXED,
                    TOO_MANY_PROPOSALS,
                    CALLER_SUSPENDED,
                    COUNTERPART_SUSPENDED -> CommandSender.unexpected(Job.AGGREGATE, jobId, abandon, unexpected);
        });
    }

    /** The code of a rejection in the journal and in the API; codes never change. */
    static String code(ProposalRejection rejection) {
        return switch (rejection) {
            case NOT_SUBMITTED -> "not-submitted";
            case NOT_YOURS -> "not-yours";
            case OWN_JOB -> "own-job";
            case ALREADY_SUBMITTED -> "already-submitted";
            case MILESTONES_TOO_LONG -> "milestones-too-long";
            case MILESTONES_DO_NOT_ADD_UP -> "milestones-do-not-add-up";
            case CURRENCY_FIXED -> "currency-fixed";
            case REVISION_MISMATCH -> "changed-meanwhile";
            case ALREADY_ACCEPTED -> "already-accepted";
            case ALREADY_DECLINED -> "already-declined";
            case ALREADY_WITHDRAWN -> "already-withdrawn";
            case CALLER_SUSPENDED, COUNTERPART_SUSPENDED -> "account-suspended";
        };
    }

    private CompletionStage<Void> createContract(Recorded<?> cause, ProposalEvent.Accepted e) {
        var terms = e.terms();
        var deal = Deal.byProposal(
                e.jobId(),
                cause.entityId(),
                e.clientId(),
                e.freelancerId(),
                e.jobTitle(),
                terms.price(),
                e.feeBasisPoints().orElse(feeBasisPoints));
        return new ContractCreation(sender).create(cause, e.contractId(), deal, terms.milestones());
    }

    /** Confirms the hire last, so that a client who sees it confirmed finds the escrows and the room. */
    private CompletionStage<Void> openEscrowsAndRoom(Recorded<?> cause, ContractEvent.Created e) {
        var contractId = cause.entityId();
        var deal = e.deal();
        var room = new RoomCommand.Open(contractId, deal.title(), deal.clientId(), deal.freelancerId());
        return sequentially(e.milestones(), it -> openEscrow(cause, deal, it))
                .thenCompose(_ -> sender.send(cause, Room.AGGREGATE, Room.id(contractId), room))
                .thenCompose(_ -> sendToJob(cause, deal, new JobCommand.ConfirmHire(contractId)));
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

    private CompletionStage<Void> cancelEscrows(Recorded<?> cause, ContractEvent.Cancelled e) {
        var contractId = cause.entityId();
        var numbers = IntStream.rangeClosed(1, e.milestones()).boxed().toList();
        return sequentially(
                        numbers,
                        number -> sender.send(
                                cause, Escrow.AGGREGATE, Escrow.id(contractId, number), new EscrowCommand.Cancel()))
                .thenCompose(_ -> sendToJob(cause, e.deal(), new JobCommand.Cancel(contractId)));
    }

    /** Does nothing for the contract of an order, which has no job. */
    private CompletionStage<Void> sendToJob(Recorded<?> cause, Deal deal, JobCommand command) {
        return deal.jobId()
                .map(job -> sender.send(cause, Job.AGGREGATE, job, command))
                .orElse(NOTHING);
    }
}
