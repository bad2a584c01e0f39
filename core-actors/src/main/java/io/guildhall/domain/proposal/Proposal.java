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
 * The life of a proposal: standing (submitted, perhaps seen and shortlisted), and then won, lost or taken back. Its identity is made of its
 * job and its freelancer, so there cannot be two; lost only because its freelancer could not be paid yet, it may be submitted again.
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
        Bid with(Terms changed, long number) {
            return new Bid(jobId, clientId, freelancerId, changed, number);
        }
    }

    record NotCreated() implements Proposal {}

    record Standing(Bid bid, boolean seen, boolean shortlisted) implements Proposal {
        private Decision<ProposalEvent, ProposalRejection> answer(ProposalCommand command, Instant now) {
            return switch (command) {
                case OfClient c when !c.by().equals(bid.clientId) -> reject(NOT_YOURS);
                case OfFreelancer c when !c.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
                case Submit c when !c.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
                // The same terms under the same identity are the same request sent again.
                case Submit c -> c.terms().equals(bid.terms) ? accept() : reject(ALREADY_SUBMITTED);
                case Revise c when c.revision() != bid.revision -> reject(CHANGED_MEANWHILE);
                case Revise c when !c.terms().addUp() -> reject(MILESTONES_DO_NOT_ADD_UP);
                case Revise c
                when !c.terms().price().currency().equals(bid.terms.price().currency()) -> reject(CURRENCY_FIXED);
                case Revise c when c.terms().equals(bid.terms) -> accept();
                case Revise c -> accept(new Revised(c.terms(), bid.revision + 1, now));
                case Withdraw _ -> accept(new Withdrawn(bid.jobId, bid.clientId, bid.freelancerId, now));
                case MarkSeen _ -> seen ? accept() : accept(new Seen(now));
                case Shortlist _ -> shortlisted ? accept() : accept(new Shortlisted(now));
                case Accept c when c.revision() != bid.revision -> reject(CHANGED_MEANWHILE);
                case Accept c -> accept(accepted(c, now));
                case Decline c -> accept(new Declined(bid.jobId, bid.clientId, bid.freelancerId, c.why(), now));
            };
        }

        private Accepted accepted(Accept c, Instant now) {
            return new Accepted(
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

    record Won(Bid bid, String contractId) implements Proposal {}

    record Lost(Bid bid, DeclineReason why) implements Proposal {
        /** What its freelancer can mend does not keep them from the job for ever. */
        private boolean maySubmitAgain(Submit c) {
            return why == DeclineReason.PAYOUT_NOT_READY && c.by().equals(bid.freelancerId);
        }

        private Resubmitted resubmitted(Submit c, Instant now) {
            return new Resubmitted(bid.jobId, bid.clientId, bid.freelancerId, c.terms(), bid.revision + 1, now);
        }
    }

    record TakenBack(Bid bid) implements Proposal {}

    default Optional<Bid> submitted() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Standing p -> Optional.of(p.bid);
            case Won p -> Optional.of(p.bid);
            case Lost p -> Optional.of(p.bid);
            case TakenBack p -> Optional.of(p.bid);
        };
    }

    default boolean isVisibleTo(String accountId) {
        return submitted()
                .filter(it ->
                        it.clientId().equals(accountId) || it.freelancerId().equals(accountId))
                .isPresent();
    }

    default Decision<ProposalEvent, ProposalRejection> decide(ProposalCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Submit c when c.by().equals(c.clientId()) -> reject(OWN_JOB);
                    case Submit c when !c.terms().addUp() -> reject(MILESTONES_DO_NOT_ADD_UP);
                    case Submit c -> accept(new Submitted(c.jobId(), c.clientId(), c.by(), c.terms(), now));
                    case OfFreelancer _, OfClient _, Accept _, Decline _ -> reject(NOT_SUBMITTED);
                };
            case Standing p -> p.answer(command, now);
            case Won p ->
                switch (command) {
                    case Accept c when c.contractId().equals(p.contractId) -> accept();
                    case Submit _, OfFreelancer _, OfClient _, Accept _, Decline _ ->
                        settled(command, p.bid, ALREADY_ACCEPTED);
                };
            case Lost p ->
                switch (command) {
                    case Decline _ -> accept();
                    case Submit c when p.maySubmitAgain(c) && !c.terms().addUp() -> reject(MILESTONES_DO_NOT_ADD_UP);
                    case Submit c when p.maySubmitAgain(c) -> accept(p.resubmitted(c, now));
                    case Submit _, OfFreelancer _, OfClient _, Accept _ -> settled(command, p.bid, ALREADY_DECLINED);
                };
            case TakenBack p ->
                switch (command) {
                    case Decline _ -> accept();
                    case Withdraw c when c.by().equals(p.bid.freelancerId) -> accept();
                    case Submit _, OfFreelancer _, OfClient _, Accept _ -> settled(command, p.bid, ALREADY_WITHDRAWN);
                };
        };
    }

    /** What a settled proposal answers: a look costs nothing, a stranger learns nothing, all else is refused. */
    private static Decision<ProposalEvent, ProposalRejection> settled(
            ProposalCommand command, Bid bid, ProposalRejection how) {
        return switch (command) {
            case OfClient c when !c.by().equals(bid.clientId) -> reject(NOT_YOURS);
            case OfFreelancer c when !c.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
            case Submit c when !c.by().equals(bid.freelancerId) -> reject(NOT_YOURS);
            case MarkSeen _ -> accept();
            case Submit _, OfFreelancer _, Shortlist _, Accept _, Decline _ -> reject(how);
        };
    }

    default Proposal evolve(ProposalEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Submitted e ->
                        new Standing(new Bid(e.jobId(), e.clientId(), e.freelancerId(), e.terms(), 1), false, false);
                    case Resubmitted _, Revised _, Seen _, Shortlisted _, Accepted _, Declined _, Withdrawn _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Standing p ->
                switch (event) {
                    case Revised e -> new Standing(p.bid.with(e.terms(), e.revision()), false, p.shortlisted);
                    case Seen _ -> new Standing(p.bid, true, p.shortlisted);
                    case Shortlisted _ -> new Standing(p.bid, true, true);
                    case Accepted e -> new Won(p.bid, e.contractId());
                    case Declined e -> new Lost(p.bid, e.why());
                    case Withdrawn _ -> new TakenBack(p.bid);
                    case SubmissionEvent _ -> throw new CorruptJournalException(this, event);
                };
            case Lost p ->
                switch (event) {
                    case Resubmitted e -> new Standing(p.bid.with(e.terms(), e.revision()), false, false);
                    case Submitted _, Revised _, Seen _, Shortlisted _, Accepted _, Declined _, Withdrawn _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Won _, TakenBack _ -> throw new CorruptJournalException(this, event);
        };
    }
}
