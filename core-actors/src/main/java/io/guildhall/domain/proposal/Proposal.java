package io.guildhall.domain.proposal;

import static io.guildhall.domain.proposal.ProposalRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.proposal.ProposalCommand.*;
import io.guildhall.domain.proposal.ProposalEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Dates;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.SuspensionRule;
import java.time.Instant;
import java.util.Optional;

/**
 * A freelancer's application to a job. It is pending (possibly seen and shortlisted) until it is accepted, declined or
 * withdrawn. Its id is derived from job and freelancer, so a freelancer has at most one proposal for a job. A proposal
 * that was withdrawn, or declined for a reason that can have ended, such as a payout account that was not ready, can be
 * submitted again. That is a new revision; the earlier ones stay in its history.
 */
public sealed interface Proposal extends Journalled {
    Aggregate<Proposal, ProposalCommand, ProposalEvent, ProposalRejection> AGGREGATE = new Aggregate<>(
                    "proposal",
                    Proposal.class,
                    ProposalCommand.class,
                    ProposalEvent.class,
                    ProposalRejection.class,
                    new NotCreated(),
                    Proposal::decide,
                    Proposal::evolve)
            .ownedBy((_, proposal) ->
                    proposal.findBid().map(Bid::freelancerId).stream().toList())
            .with(new SuspensionRule<>(ProposalParties::of, CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

    static String id(String jobId, String freelancerId) {
        return "prp_" + Ids.body(jobId) + "-" + Ids.body(freelancerId);
    }

    /**
     * Returns the freelancer whose proposal has this id. The part of an account's id after the prefix has no hyphen.
     */
    static String freelancerId(String id) {
        return "acc_" + id.substring(id.lastIndexOf('-') + 1);
    }

    /** @param revision counts the edits and submissions, from 1 */
    record Bid(String jobId, String clientId, String freelancerId, Terms terms, long revision, Dates dates) {
        private static Bid of(Submitted submitted) {
            return new Bid(
                    submitted.jobId(),
                    submitted.clientId(),
                    submitted.freelancerId(),
                    submitted.terms(),
                    1,
                    Dates.createdAt(submitted.at()));
        }

        Bid revised(Terms newTerms, long newRevision) {
            return new Bid(jobId, clientId, freelancerId, newTerms, newRevision, dates);
        }

        private Bid changed(Instant at) {
            return new Bid(jobId, clientId, freelancerId, terms, revision, dates.changed(at));
        }
    }

    record NotCreated() implements Proposal {}

    /** @param submittedRevision the revision that was last submitted */
    record Pending(Bid bid, long submittedRevision, boolean seen, boolean shortlisted) implements Proposal {
        private Decision<ProposalEvent, ProposalRejection> handle(ProposalCommand command, Instant now) {
            return switch (command) {
                case ClientCommand clientCommand when !clientCommand.by().equals(bid.clientId) -> reject(NOT_YOURS);
                case FreelancerCommand freelancerCommand
                when !freelancerCommand.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
                case Submit submit when !submit.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
                // Equal terms for the same proposal are a repeated request.
                case Submit submit -> submit.terms().equals(bid.terms) ? accept() : reject(ALREADY_SUBMITTED);
                case Revise revise when revise.revision() != bid.revision -> reject(REVISION_MISMATCH);
                case Revise revise when !revise.terms().milestonesAddUp() -> reject(MILESTONES_DO_NOT_ADD_UP);
                case Revise revise when !revise.terms().milestonesFit() -> reject(MILESTONES_TOO_LONG);
                case Revise revise
                when !revise.terms().price().currency().equals(bid.terms.price().currency()) -> reject(CURRENCY_FIXED);
                case Revise revise when revise.terms().equals(bid.terms) -> accept();
                case Revise revise -> accept(new Revised(revise.terms(), bid.revision + 1, now));
                case Withdraw _ -> accept(new ProposalEvent.Withdrawn(bid.jobId, bid.clientId, bid.freelancerId, now));
                case MarkSeen _ -> seen ? accept() : accept(new Seen(now));
                case Shortlist _ -> shortlisted ? accept() : accept(new Shortlisted(now));
                // The client has named a proposal for another job.
                case Accept accept when !accept.jobId().equals(bid.jobId) -> reject(NOT_SUBMITTED);
                case Accept accept when accept.revision() != bid.revision -> reject(REVISION_MISMATCH);
                case Accept accept -> accept(accepted(accept, now));
                // The proposal was not accepted by this hire, or was already reinstated.
                case Reinstate _ -> accept();
                // It was withdrawn and submitted again before it could be declined.
                case Decline decline when decline.isOfSubmissionBefore(submittedRevision) -> accept();
                case Decline decline ->
                    accept(new ProposalEvent.Declined(
                            bid.jobId, bid.clientId, bid.freelancerId, decline.reason(), now));
            };
        }

        private ProposalEvent.Accepted accepted(Accept command, Instant now) {
            return new ProposalEvent.Accepted(
                    bid.jobId,
                    bid.clientId,
                    bid.freelancerId,
                    command.jobTitle(),
                    command.contractId(),
                    bid.revision,
                    bid.terms,
                    Optional.of(command.feeBasisPoints()),
                    now);
        }
    }

    /** @param submittedRevision the revision that was last submitted */
    record Accepted(Bid bid, long submittedRevision, boolean shortlisted, String contractId) implements Proposal {
        private ProposalEvent reinstated(Reinstate command, Instant now) {
            return new Reinstated(
                    bid.jobId, bid.clientId, bid.freelancerId, contractId, shortlisted, command.reason(), now);
        }
    }

    record Declined(Bid bid, DeclineReason reason) implements Proposal {}

    record Withdrawn(Bid bid) implements Proposal {}

    default Optional<Bid> findBid() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Pending pending -> Optional.of(pending.bid);
            case Accepted accepted -> Optional.of(accepted.bid);
            case Declined declined -> Optional.of(declined.bid);
            case Withdrawn withdrawn -> Optional.of(withdrawn.bid);
        };
    }

    default boolean isVisibleTo(String accountId) {
        return findBid()
                .filter(it ->
                        it.clientId().equals(accountId) || it.freelancerId().equals(accountId))
                .isPresent();
    }

    default Decision<ProposalEvent, ProposalRejection> decide(ProposalCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Submit submit when submit.by().equals(submit.clientId()) -> reject(OWN_JOB);
                    case Submit submit ->
                        submit(
                                submit,
                                new Submitted(
                                        submit.jobId(),
                                        submit.clientId(),
                                        submit.by(),
                                        Optional.of(submit.jobTitle()),
                                        submit.terms(),
                                        now));
                    case Reinstate _ -> accept();
                    case FreelancerCommand _, ClientCommand _, Accept _, Decline _ -> reject(NOT_SUBMITTED);
                };
            case Pending pending -> pending.handle(command, now);
            case Accepted accepted ->
                switch (command) {
                    case Accept accept when accept.contractId().equals(accepted.contractId) -> accept();
                    case Reinstate reinstate
                    when reinstate.contractId().equals(accepted.contractId) ->
                        accept(accepted.reinstated(reinstate, now));
                    case Submit _, FreelancerCommand _, ClientCommand _, Accept _, Reinstate _, Decline _ ->
                        handleAfterDecision(command, accepted.bid, ALREADY_ACCEPTED);
                };
            case Declined declined ->
                switch (command) {
                    case Decline _ -> accept();
                    case Submit submit
                    when declined.reason.canResubmit() && submit.by().equals(declined.bid.freelancerId) ->
                        resubmit(submit, declined.bid, now);
                    case Submit _, FreelancerCommand _, ClientCommand _, Accept _, Reinstate _ ->
                        handleAfterDecision(command, declined.bid, ALREADY_DECLINED);
                };
            case Withdrawn withdrawn ->
                switch (command) {
                    case Decline _ -> accept();
                    case Withdraw withdraw when withdraw.by().equals(withdrawn.bid.freelancerId) -> accept();
                    case Submit submit
                    when submit.by().equals(withdrawn.bid.freelancerId) -> resubmit(submit, withdrawn.bid, now);
                    case Submit _, FreelancerCommand _, ClientCommand _, Accept _, Reinstate _ ->
                        handleAfterDecision(command, withdrawn.bid, ALREADY_WITHDRAWN);
                };
        };
    }

    private static Decision<ProposalEvent, ProposalRejection> resubmit(Submit command, Bid bid, Instant now) {
        return submit(
                command,
                new Resubmitted(
                        bid.jobId,
                        bid.clientId,
                        bid.freelancerId,
                        Optional.of(command.jobTitle()),
                        command.terms(),
                        bid.revision + 1,
                        now));
    }

    private static Decision<ProposalEvent, ProposalRejection> submit(Submit command, SubmissionEvent submitted) {
        if (!command.canBePaid()) return reject(PAYOUT_NOT_READY);
        if (!command.terms().milestonesAddUp()) return reject(MILESTONES_DO_NOT_ADD_UP);
        return command.terms().milestonesFit() ? accept(submitted) : reject(MILESTONES_TOO_LONG);
    }

    /** Handles commands to a proposal that was decided on: nothing changes any more. */
    private static Decision<ProposalEvent, ProposalRejection> handleAfterDecision(
            ProposalCommand command, Bid bid, ProposalRejection reason) {
        return switch (command) {
            case ClientCommand clientCommand when !clientCommand.by().equals(bid.clientId) -> reject(NOT_YOURS);
            case FreelancerCommand freelancerCommand
            when !freelancerCommand.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
            case Submit submit when !submit.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
            case MarkSeen _, Reinstate _ -> accept();
            case Submit _, FreelancerCommand _, Shortlist _, Accept _, Decline _ -> reject(reason);
        };
    }

    default Proposal evolve(ProposalEvent event) {
        return changed(event.at()).next(event);
    }

    private Proposal changed(Instant at) {
        return switch (this) {
            case NotCreated _ -> this;
            case Pending it -> new Pending(it.bid.changed(at), it.submittedRevision, it.seen, it.shortlisted);
            case Accepted it -> new Accepted(it.bid.changed(at), it.submittedRevision, it.shortlisted, it.contractId);
            case Declined it -> new Declined(it.bid.changed(at), it.reason);
            case Withdrawn it -> new Withdrawn(it.bid.changed(at));
        };
    }

    private Proposal next(ProposalEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Submitted submitted -> new Pending(Bid.of(submitted), 1, false, false);
                    case Resubmitted _,
                            Revised _,
                            Seen _,
                            Shortlisted _,
                            ProposalEvent.Accepted _,
                            Reinstated _,
                            ProposalEvent.Declined _,
                            ProposalEvent.Withdrawn _ -> throw new CorruptJournalException(this, event);
                };
            case Pending pending ->
                switch (event) {
                    case Revised revised ->
                        new Pending(
                                pending.bid.revised(revised.terms(), revised.revision()),
                                pending.submittedRevision,
                                false,
                                pending.shortlisted);
                    case Seen _ -> new Pending(pending.bid, pending.submittedRevision, true, pending.shortlisted);
                    case Shortlisted _ -> new Pending(pending.bid, pending.submittedRevision, true, true);
                    case ProposalEvent.Accepted accepted ->
                        new Accepted(
                                pending.bid, pending.submittedRevision, pending.shortlisted, accepted.contractId());
                    case ProposalEvent.Declined declined -> new Declined(pending.bid, declined.why());
                    case ProposalEvent.Withdrawn _ -> new Withdrawn(pending.bid);
                    case SubmissionEvent _, Reinstated _ -> throw new CorruptJournalException(this, event);
                };
            case Declined declined -> next(declined.bid, event);
            case Withdrawn withdrawn -> next(withdrawn.bid, event);
            case Accepted accepted ->
                switch (event) {
                    case Reinstated _ ->
                        new Pending(accepted.bid, accepted.submittedRevision, true, accepted.shortlisted);
                    case SubmissionEvent _,
                            PendingEvent _,
                            ProposalEvent.Accepted _,
                            ProposalEvent.Declined _,
                            ProposalEvent.Withdrawn _ -> throw new CorruptJournalException(this, event);
                };
        };
    }

    private Proposal next(Bid bid, ProposalEvent event) {
        return switch (event) {
            case Resubmitted resubmitted ->
                new Pending(
                        bid.revised(resubmitted.terms(), resubmitted.revision()), resubmitted.revision(), false, false);
            case Submitted _,
                    Revised _,
                    Seen _,
                    Shortlisted _,
                    ProposalEvent.Accepted _,
                    Reinstated _,
                    ProposalEvent.Declined _,
                    ProposalEvent.Withdrawn _ -> throw new CorruptJournalException(this, event);
        };
    }
}
