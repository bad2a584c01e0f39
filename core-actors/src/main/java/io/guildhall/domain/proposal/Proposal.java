package io.guildhall.domain.proposal;

import static io.guildhall.domain.proposal.ProposalRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.proposal.ProposalCommand.*;
import io.guildhall.domain.proposal.ProposalEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.Optional;

/**
 * A freelancer's application to a job. It is pending (possibly seen and shortlisted) until it is accepted, declined or withdrawn. Its id is
 * derived from job and freelancer, so a freelancer has at most one proposal for a job. A proposal that was declined only because the
 * freelancer's payout account was not ready can be submitted again.
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
            Proposal::evolve);

    static String id(String jobId, String freelancerId) {
        return "prp_" + Ids.body(jobId) + "-" + Ids.body(freelancerId);
    }

    /** @param revision counts the edits, from 1 */
    record Bid(String jobId, String clientId, String freelancerId, Terms terms, long revision) {
        Bid revised(Terms newTerms, long newRevision) {
            return new Bid(jobId, clientId, freelancerId, newTerms, newRevision);
        }
    }

    record NotCreated() implements Proposal {}

    record Pending(Bid bid, boolean seen, boolean shortlisted) implements Proposal {
        private Decision<ProposalEvent, ProposalRejection> handle(ProposalCommand command, Instant now) {
            return switch (command) {
                case ClientCommand c when !c.by().equals(bid.clientId) -> reject(NOT_YOURS);
                case FreelancerCommand c when !c.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
                case Submit c when !c.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
                // Equal terms for the same proposal are a repeated request.
                case Submit c -> c.terms().equals(bid.terms) ? accept() : reject(ALREADY_SUBMITTED);
                case Revise c when c.revision() != bid.revision -> reject(CHANGED_MEANWHILE);
                case Revise c when !c.terms().milestonesAddUp() -> reject(MILESTONES_DO_NOT_ADD_UP);
                case Revise c
                when !c.terms().price().currency().equals(bid.terms.price().currency()) -> reject(CURRENCY_FIXED);
                case Revise c when c.terms().equals(bid.terms) -> accept();
                case Revise c -> accept(new Revised(c.terms(), bid.revision + 1, now));
                case Withdraw _ -> accept(new ProposalEvent.Withdrawn(bid.jobId, bid.clientId, bid.freelancerId, now));
                case MarkSeen _ -> seen ? accept() : accept(new Seen(now));
                case Shortlist _ -> shortlisted ? accept() : accept(new Shortlisted(now));
                case Accept c when c.revision() != bid.revision -> reject(CHANGED_MEANWHILE);
                case Accept c -> accept(accepted(c, now));
                case Decline c ->
                    accept(new ProposalEvent.Declined(bid.jobId, bid.clientId, bid.freelancerId, c.reason(), now));
            };
        }

        private ProposalEvent.Accepted accepted(Accept c, Instant now) {
            return new ProposalEvent.Accepted(
                    bid.jobId,
                    bid.clientId,
                    bid.freelancerId,
                    c.jobTitle(),
                    c.contractId(),
                    bid.revision,
                    bid.terms,
                    now);
        }
    }

    record Accepted(Bid bid, String contractId) implements Proposal {}

    record Declined(Bid bid, DeclineReason reason) implements Proposal {
        /** Allowed if the freelancer could fix the reason of the decline. */
        private boolean canResubmit(Submit c) {
            return reason == DeclineReason.PAYOUT_NOT_READY && c.by().equals(bid.freelancerId);
        }

        private Resubmitted resubmitted(Submit c, Instant now) {
            return new Resubmitted(bid.jobId, bid.clientId, bid.freelancerId, c.terms(), bid.revision + 1, now);
        }
    }

    record Withdrawn(Bid bid) implements Proposal {}

    default Optional<Bid> findBid() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Pending p -> Optional.of(p.bid);
            case Accepted p -> Optional.of(p.bid);
            case Declined p -> Optional.of(p.bid);
            case Withdrawn p -> Optional.of(p.bid);
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
                    case Submit c when c.by().equals(c.clientId()) -> reject(OWN_JOB);
                    case Submit c when !c.terms().milestonesAddUp() -> reject(MILESTONES_DO_NOT_ADD_UP);
                    case Submit c -> accept(new Submitted(c.jobId(), c.clientId(), c.by(), c.terms(), now));
                    case FreelancerCommand _, ClientCommand _, Accept _, Decline _ -> reject(NOT_SUBMITTED);
                };
            case Pending p -> p.handle(command, now);
            case Accepted p ->
                switch (command) {
                    case Accept c when c.contractId().equals(p.contractId) -> accept();
                    case Submit _, FreelancerCommand _, ClientCommand _, Accept _, Decline _ ->
                        handleAfterDecision(command, p.bid, ALREADY_ACCEPTED);
                };
            case Declined p ->
                switch (command) {
                    case Decline _ -> accept();
                    case Submit c
                    when p.canResubmit(c) && !c.terms().milestonesAddUp() -> reject(MILESTONES_DO_NOT_ADD_UP);
                    case Submit c when p.canResubmit(c) -> accept(p.resubmitted(c, now));
                    case Submit _, FreelancerCommand _, ClientCommand _, Accept _ ->
                        handleAfterDecision(command, p.bid, ALREADY_DECLINED);
                };
            case Withdrawn p ->
                switch (command) {
                    case Decline _ -> accept();
                    case Withdraw c when c.by().equals(p.bid.freelancerId) -> accept();
                    case Submit _, FreelancerCommand _, ClientCommand _, Accept _ ->
                        handleAfterDecision(command, p.bid, ALREADY_WITHDRAWN);
                };
        };
    }

    /** Handles commands to a proposal that was decided on: nothing changes any more. */
    private static Decision<ProposalEvent, ProposalRejection> handleAfterDecision(
            ProposalCommand command, Bid bid, ProposalRejection reason) {
        return switch (command) {
            case ClientCommand c when !c.by().equals(bid.clientId) -> reject(NOT_YOURS);
            case FreelancerCommand c when !c.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
            case Submit c when !c.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
            case MarkSeen _ -> accept();
            case Submit _, FreelancerCommand _, Shortlist _, Accept _, Decline _ -> reject(reason);
        };
    }

    default Proposal evolve(ProposalEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Submitted e ->
                        new Pending(new Bid(e.jobId(), e.clientId(), e.freelancerId(), e.terms(), 1), false, false);
                    case Resubmitted _,
                            Revised _,
                            Seen _,
                            Shortlisted _,
                            ProposalEvent.Accepted _,
                            ProposalEvent.Declined _,
                            ProposalEvent.Withdrawn _ -> throw new CorruptJournalException(this, event);
                };
            case Pending p ->
                switch (event) {
                    case Revised e -> new Pending(p.bid.revised(e.terms(), e.revision()), false, p.shortlisted);
                    case Seen _ -> new Pending(p.bid, true, p.shortlisted);
                    case Shortlisted _ -> new Pending(p.bid, true, true);
                    case ProposalEvent.Accepted e -> new Accepted(p.bid, e.contractId());
                    case ProposalEvent.Declined e -> new Declined(p.bid, e.why());
                    case ProposalEvent.Withdrawn _ -> new Withdrawn(p.bid);
                    case SubmissionEvent _ -> throw new CorruptJournalException(this, event);
                };
            case Declined p ->
                switch (event) {
                    case Resubmitted e -> new Pending(p.bid.revised(e.terms(), e.revision()), false, false);
                    case Submitted _,
                            Revised _,
                            Seen _,
                            Shortlisted _,
                            ProposalEvent.Accepted _,
                            ProposalEvent.Declined _,
                            ProposalEvent.Withdrawn _ -> throw new CorruptJournalException(this, event);
                };
            case Accepted _, Withdrawn _ -> throw new CorruptJournalException(this, event);
        };
    }
}
