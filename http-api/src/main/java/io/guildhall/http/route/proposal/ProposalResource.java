package io.guildhall.http.route.proposal;

import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.kernel.Dates;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A proposal as its client and its freelancer see it.
 *
 * @param seen whether the client has seen the current revision; absent after a decline or withdrawal
 * @param declineReason present if the proposal was declined
 * @param contractId present if the proposal was accepted; also the id of the hire
 * @param jobTitle in lists only
 * @param createdAt when it was first submitted
 */
public record ProposalResource(
        String id,
        String jobId,
        UserResource client,
        UserResource freelancer,
        String coverLetter,
        Money price,
        int deliveryDays,
        List<MilestoneTerms> milestones,
        List<String> links,
        ProposalStatus status,
        Optional<Boolean> seen,
        long revision,
        Optional<DeclineReason> declineReason,
        Optional<String> contractId,
        Optional<String> jobTitle,
        Instant createdAt,
        Instant changedAt)
        implements Versioned {

    /** The state of the proposal, without its content. */
    private record State(
            ProposalStatus status,
            Optional<Boolean> seen,
            Optional<DeclineReason> declineReason,
            Optional<String> contractId) {

        static State of(ProposalStatus status) {
            return new State(status, Optional.empty(), Optional.empty(), Optional.empty());
        }

        State seen(boolean seen) {
            return new State(status, Optional.of(seen), declineReason, contractId);
        }

        State declined(DeclineReason reason) {
            return new State(status, seen, Optional.of(reason), contractId);
        }

        State contract(String id) {
            return new State(status, seen, declineReason, Optional.of(id));
        }
    }

    public static ProposalResource fromProposal(String id, Proposal proposal) {
        return switch (proposal) {
            case Proposal.NotCreated _ -> throw AggregateApi.notFound();
            case Proposal.Pending it -> {
                var status = it.shortlisted() ? ProposalStatus.SHORTLISTED : ProposalStatus.SUBMITTED;
                yield create(id, it.bid(), State.of(status).seen(it.seen()));
            }
            case Proposal.Accepted it ->
                create(
                        id,
                        it.bid(),
                        State.of(ProposalStatus.ACCEPTED).seen(true).contract(it.contractId()));
            case Proposal.Declined it ->
                create(id, it.bid(), State.of(ProposalStatus.DECLINED).declined(it.reason()));
            case Proposal.Withdrawn it -> create(id, it.bid(), State.of(ProposalStatus.WITHDRAWN));
        };
    }

    /** The proposal in a list. */
    public static ProposalResource fromRow(ProposalRow row) {
        var dates = new Dates(row.submittedAt(), row.changedAt());
        var bid = new Proposal.Bid(row.jobId(), row.clientId(), row.freelancerId(), row.terms(), row.revision(), dates);
        var state = new State(row.status(), Optional.of(row.seen()), row.declineReason(), row.contractId());
        return create(row.id(), bid, state, row.jobTitle());
    }

    private static ProposalResource create(String id, Proposal.Bid bid, State state) {
        return create(id, bid, state, Optional.empty());
    }

    private static ProposalResource create(String id, Proposal.Bid bid, State state, Optional<String> jobTitle) {
        Terms terms = bid.terms();
        return new ProposalResource(
                id,
                bid.jobId(),
                UserResource.of(bid.clientId()),
                UserResource.of(bid.freelancerId()),
                terms.coverLetter(),
                terms.price(),
                terms.deliveryDays(),
                terms.milestones(),
                terms.links(),
                state.status(),
                state.seen(),
                bid.revision(),
                state.declineReason(),
                state.contractId(),
                jobTitle,
                bid.dates().createdAt(),
                bid.dates().changedAt());
    }
}
