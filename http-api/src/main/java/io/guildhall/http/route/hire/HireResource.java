package io.guildhall.http.route.hire;

import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireDetails;
import io.guildhall.domain.hire.HireFailure;
import io.guildhall.domain.hire.HireSource;
import io.guildhall.domain.hire.HireTerms;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A hire as its client and its freelancer see it.
 *
 * @param contractId the id of the hire, and of its contract once it has succeeded
 * @param jobId absent if a package was ordered
 * @param proposalId present if the client has accepted a proposal
 * @param inviteId present if the freelancer has accepted an invite or order
 * @param revision the accepted revision of the proposal, or the number of the sending of the invite
 * @param freelancer absent until a proposal is accepted
 * @param price absent until a proposal is accepted
 * @param milestones empty until a proposal is accepted
 * @param feeBasisPoints the fee of the contract, in hundredths of a percent
 * @param deadline a hire that is not agreed on at this time fails
 * @param failureReason present if the hire was refused or timed out
 */
public record HireResource(
        String contractId,
        HireSource.Kind source,
        Optional<String> jobId,
        Optional<String> proposalId,
        Optional<String> inviteId,
        long revision,
        String title,
        UserResource client,
        Optional<UserResource> freelancer,
        Optional<Money> price,
        List<MilestoneTerms> milestones,
        int feeBasisPoints,
        Instant deadline,
        Status status,
        Optional<String> failureReason) {

    public enum Status {
        IN_PROGRESS,
        SUCCEEDED,
        REFUSED,
        TIMED_OUT
    }

    static HireResource fromHire(String id, Hire hire) {
        return switch (hire) {
            case Hire.NotStarted _ -> throw AggregateApi.notFound();
            case Hire.InProgress it -> create(id, it.details(), it.terms(), Status.IN_PROGRESS, Optional.empty());
            case Hire.Agreed it ->
                create(id, it.details(), Optional.of(it.terms()), Status.IN_PROGRESS, Optional.empty());
            case Hire.Succeeded it ->
                create(id, it.details(), Optional.of(it.terms()), Status.SUCCEEDED, Optional.empty());
            case Hire.Failed it -> create(id, it.details(), it.terms(), status(it.failure()), Optional.of(it.reason()));
        };
    }

    private static Status status(HireFailure failure) {
        return switch (failure) {
            case REFUSED -> Status.REFUSED;
            case TIMED_OUT -> Status.TIMED_OUT;
        };
    }

    private static HireResource create(
            String id, HireDetails details, Optional<HireTerms> terms, Status status, Optional<String> failureReason) {
        var source = Optional.of(details.source());
        return new HireResource(
                id,
                details.source().kind(),
                details.jobId(),
                source.filter(HireResource::isProposal).map(HireSource::id),
                source.filter(it -> !isProposal(it)).map(HireSource::id),
                details.source().revision(),
                details.title(),
                UserResource.of(details.clientId()),
                terms.map(HireTerms::freelancerId).map(UserResource::of),
                terms.map(HireTerms::price),
                terms.map(HireTerms::milestones).orElse(List.of()),
                details.feeBasisPoints(),
                details.deadline(),
                status,
                failureReason);
    }

    private static boolean isProposal(HireSource source) {
        return source.kind() == HireSource.Kind.PROPOSAL;
    }
}
