package io.guildhall.http.route.proposal;

import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A proposal as its two parties see it.
 *
 * @param seen by the client, as far as it still matters
 * @param declined why, where it was
 * @param contractId where it was accepted
 * @param jobTitle in lists
 * @param submittedAt in lists
 * @param changedAt in lists
 */
public record ProposalResource(
        String id,
        String jobId,
        String clientId,
        String freelancerId,
        String coverLetter,
        Money price,
        int deliveryDays,
        List<Step> milestones,
        List<String> links,
        ProposalStatus status,
        Optional<Boolean> seen,
        long revision,
        Optional<DeclineReason> declined,
        Optional<String> contractId,
        Optional<String> jobTitle,
        Optional<Instant> submittedAt,
        Optional<Instant> changedAt)
        implements Versioned {

    public record Step(String title, Money amount, int days) {
        static List<Step> of(Terms terms) {
            return terms.milestones().stream()
                    .map(it -> new Step(it.title(), it.amount(), it.days()))
                    .toList();
        }
    }

    private record Fate(
            ProposalStatus status,
            Optional<Boolean> seen,
            Optional<DeclineReason> declined,
            Optional<String> contractId) {
        static Fate of(ProposalStatus status, Optional<Boolean> seen) {
            return new Fate(status, seen, Optional.empty(), Optional.empty());
        }
    }

    static ProposalResource of(String id, Proposal proposal) {
        return switch (proposal) {
            case Proposal.NotCreated _ -> throw AggregateApi.notFound();
            case Proposal.Pending it ->
                of(
                        id,
                        it.bid(),
                        Fate.of(
                                it.shortlisted() ? ProposalStatus.SHORTLISTED : ProposalStatus.SUBMITTED,
                                Optional.of(it.seen())));
            case Proposal.Accepted it ->
                of(
                        id,
                        it.bid(),
                        new Fate(
                                ProposalStatus.ACCEPTED,
                                Optional.of(true),
                                Optional.empty(),
                                Optional.of(it.contractId())));
            case Proposal.Declined it ->
                of(
                        id,
                        it.bid(),
                        new Fate(
                                ProposalStatus.DECLINED, Optional.empty(), Optional.of(it.reason()), Optional.empty()));
            case Proposal.Withdrawn it -> of(id, it.bid(), Fate.of(ProposalStatus.WITHDRAWN, Optional.empty()));
        };
    }

    private static ProposalResource of(String id, Proposal.Bid bid, Fate fate) {
        var terms = bid.terms();
        return new ProposalResource(
                id,
                bid.jobId(),
                bid.clientId(),
                bid.freelancerId(),
                terms.coverLetter(),
                terms.price(),
                terms.deliveryDays(),
                Step.of(terms),
                terms.links(),
                fate.status(),
                fate.seen(),
                bid.revision(),
                fate.declined(),
                fate.contractId(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ProposalResource of(ProposalRow row) {
        var terms = row.terms();
        return new ProposalResource(
                row.id(),
                row.jobId(),
                row.clientId(),
                row.freelancerId(),
                terms.coverLetter(),
                terms.price(),
                terms.deliveryDays(),
                Step.of(terms),
                terms.links(),
                row.status(),
                Optional.of(row.seen()),
                row.revision(),
                row.declined(),
                row.contractId(),
                row.jobTitle(),
                Optional.of(row.submittedAt()),
                Optional.of(row.changedAt()));
    }
}
