package io.guildhall.projections.process.hire;

import static io.guildhall.projections.process.CommandSender.NOTHING;
import static io.guildhall.projections.process.CommandSender.sequentially;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireCommand;
import io.guildhall.domain.hire.HireDetails;
import io.guildhall.domain.hire.HireSource;
import io.guildhall.domain.hire.HireTerms;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobRejection;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.ProposalRejection;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.process.CommandSender;
import io.guildhall.projections.process.HireUndo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * What each step of a hire sends. The first outcome that the hire records is final, and every other command can be
 * repeated, so a step can be taken again at any time.
 */
final class HireSteps {
    private final Entities entities;
    private final CommandSender sender;
    private final HireUndo undo;
    private final EscrowRules rules;

    /** @param rules the escrow rules of hires from versions that did not pin rules */
    HireSteps(Entities entities, EscrowRules rules) {
        this.rules = rules;
        this.entities = entities;
        this.sender = new CommandSender(entities);
        this.undo = new HireUndo(sender);
    }

    /**
     * Requests the agreement of the proposal or the job; both parties have already agreed on an order. Does nothing if
     * the hire is no longer in progress: what has been withdrawn or opened again since then is not touched.
     */
    CompletionStage<Void> seekAgreement(Correlation correlation, String contractId) {
        return entities.state(Hire.AGGREGATE, contractId).thenCompose(hire -> switch (hire) {
            case Hire.InProgress it ->
                switch (it.details().source().kind()) {
                    case PROPOSAL -> acceptProposal(correlation, contractId, it.details());
                    case INVITE ->
                        fillJob(
                                correlation,
                                contractId,
                                it.details(),
                                it.terms().orElseThrow());
                    case ORDER ->
                        agree(correlation, contractId, it.details(), it.terms().orElseThrow());
                };
            case Hire.NotStarted _, Hire.Agreed _, Hire.Succeeded _, Hire.Failed _ -> NOTHING;
        });
    }

    private CompletionStage<Void> acceptProposal(Correlation correlation, String contractId, HireDetails hire) {
        var accept = new ProposalCommand.Accept(
                hire.jobId().orElseThrow(), hire.source().revision(), contractId, hire.title(), hire.feeBasisPoints());
        return entities.execute(correlation, Proposal.AGGREGATE, hire.source().id(), accept)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Proposal, ProposalRejection>(var proposal) ->
                        agree(
                                correlation,
                                contractId,
                                hire,
                                terms(proposal.findBid().orElseThrow()));
                    case Outcome.Rejected<Proposal, ProposalRejection>(var rejection) ->
                        refuse(correlation, contractId, code(rejection));
                });
    }

    private static HireTerms terms(Proposal.Bid bid) {
        return new HireTerms(
                bid.freelancerId(), bid.terms().price(), bid.terms().milestones());
    }

    private CompletionStage<Void> fillJob(
            Correlation correlation, String contractId, HireDetails hire, HireTerms terms) {
        var take = new JobCommand.TakeInvite(
                hire.source().id(),
                Math.toIntExact(hire.source().revision()),
                hire.clientId(),
                terms.price().currency(),
                contractId,
                hire.feeBasisPoints());
        return entities.execute(correlation, Job.AGGREGATE, hire.jobId().orElseThrow(), take)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Job, JobRejection> _ -> agree(correlation, contractId, hire, terms);
                    case Outcome.Rejected<Job, JobRejection>(var rejection) ->
                        refuse(correlation, contractId, failure(rejection).code());
                });
    }

    private CompletionStage<Void> agree(Correlation correlation, String contractId, HireDetails hire, HireTerms terms) {
        return sender.send(
                correlation, Hire.AGGREGATE, contractId, new HireCommand.Agree(terms), rejection -> switch (rejection) {
                    // Its deadline has passed in the meantime: what was just accepted is undone.
                    case ALREADY_FAILED -> undo.undo(correlation, contractId, hire, Hire.TIMED_OUT);
                    case CALLER_SUSPENDED, COUNTERPART_SUSPENDED ->
                        refuse(correlation, contractId, AcceptanceFailure.ACCOUNT_SUSPENDED.code());
                    case NOT_STARTED, NOT_DUE, NOT_AGREED ->
                        CommandSender.unexpected(Hire.AGGREGATE, contractId, "agree", rejection);
                });
    }

    private CompletionStage<Void> refuse(Correlation correlation, String contractId, String reason) {
        return sender.send(correlation, Hire.AGGREGATE, contractId, new HireCommand.Refuse(reason));
    }

    /** The code of a rejection in the journal and in the API; codes never change. */
    static String code(ProposalRejection rejection) {
        return switch (rejection) {
            case NOT_SUBMITTED -> "not-submitted";
            case NOT_YOURS -> "not-yours";
            case OWN_JOB -> "own-job";
            case PAYOUT_NOT_READY -> "payout-not-ready";
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

    private static AcceptanceFailure failure(JobRejection rejection) {
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
                    CURRENCY_FIXED,
                    DIFFERENT_HIRE -> AcceptanceFailure.JOB_NOT_OPEN;
        };
    }

    CompletionStage<Void> createContract(
            Correlation correlation, String contractId, HireDetails hire, HireTerms terms) {
        var create = new ContractCommand.Create(
                deal(hire, terms), milestones(terms), Optional.of(hire.rules().orElse(rules)));
        return sender.send(correlation, Contract.AGGREGATE, contractId, create, rejection -> {
            // The hire started before fees were pinned, and the fee was changed since: that contract stays in force.
            if (rejection == ContractRejection.EXISTS_WITH_OTHER_TERMS) return NOTHING;
            return CommandSender.unexpected(Contract.AGGREGATE, contractId, create, rejection);
        });
    }

    private static Deal deal(HireDetails hire, HireTerms terms) {
        var source = Optional.of(hire.source().id());
        boolean isByProposal = hire.source().kind() == HireSource.Kind.PROPOSAL;
        return new Deal(
                hire.jobId(),
                source.filter(_ -> isByProposal),
                source.filter(_ -> !isByProposal),
                hire.clientId(),
                terms.freelancerId(),
                hire.title(),
                terms.price(),
                hire.feeBasisPoints(),
                Deal.RULES_VERSION);
    }

    private static List<Milestone> milestones(HireTerms terms) {
        return IntStream.range(0, terms.milestones().size())
                .mapToObj(i -> {
                    var milestone = terms.milestones().get(i);
                    return Milestone.pending(i + 1, milestone.title(), milestone.amount(), milestone.days());
                })
                .toList();
    }

    /** Opens the escrows and the room, and then completes the hire: who sees that it succeeded finds them. */
    CompletionStage<Void> complete(Correlation correlation, String contractId, Deal deal, List<Milestone> milestones) {
        var room = new RoomCommand.Open(contractId, deal.title(), deal.clientId(), deal.freelancerId());
        return sequentially(milestones, it -> openEscrow(correlation, contractId, deal, it))
                .thenCompose(_ -> sender.send(correlation, Room.AGGREGATE, Room.id(contractId), room))
                .thenCompose(_ -> sender.send(
                        correlation,
                        Hire.AGGREGATE,
                        contractId,
                        new HireCommand.Complete(),
                        rejection -> switch (rejection) {
                            // The contract is older than its hire: the version before did not record hires.
                            case NOT_STARTED, NOT_AGREED -> confirm(correlation, contractId, deal.jobId());
                            case NOT_DUE, ALREADY_FAILED, CALLER_SUSPENDED, COUNTERPART_SUSPENDED ->
                                CommandSender.unexpected(Hire.AGGREGATE, contractId, "complete", rejection);
                        }));
    }

    private CompletionStage<Void> openEscrow(
            Correlation correlation, String contractId, Deal deal, Milestone milestone) {
        var escrow = new EscrowDeal(
                contractId,
                milestone.number(),
                milestone.title(),
                deal.clientId(),
                deal.freelancerId(),
                milestone.amount(),
                deal.feeBasisPoints());
        return sender.send(
                correlation,
                Escrow.AGGREGATE,
                Escrow.id(contractId, milestone.number()),
                new EscrowCommand.Open(escrow));
    }

    /** Tells the job that its hire has succeeded. An order has no job. */
    CompletionStage<Void> confirm(Correlation correlation, String contractId, Optional<String> jobId) {
        return jobId.map(job -> sender.send(correlation, Job.AGGREGATE, job, new JobCommand.ConfirmHire(contractId)))
                .orElse(NOTHING);
    }

    /**
     * Creates the contract of an agreed hire and all that belongs to it, except parts that already exist. The terms of
     * the contract apply, even if they differ from those of the hire.
     */
    CompletionStage<Void> finish(Correlation correlation, String contractId, HireDetails hire, HireTerms terms) {
        return createContract(correlation, contractId, hire, terms)
                .thenCompose(_ -> entities.state(Contract.AGGREGATE, contractId))
                .thenCompose(contract -> {
                    var details = contract.findDetails().orElseThrow();
                    return complete(correlation, contractId, details.deal(), details.milestones());
                })
                .thenCompose(_ -> confirm(correlation, contractId, hire.jobId()));
    }
}
