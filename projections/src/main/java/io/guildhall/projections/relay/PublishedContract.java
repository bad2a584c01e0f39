package io.guildhall.projections.relay;

import io.guildhall.domain.contract.HeldMoney.SettlementDecision.Method;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;

/** Published events of contracts, their milestones, and reviews. A milestone is named by its number, from 1. */
public sealed interface PublishedContract extends PublishedEvent {

    sealed interface OfContract extends PublishedContract {
        String contractId();

        @Override
        default String key() {
            return contractId();
        }
    }

    /** @param days from funding to delivery */
    record Milestone(int number, Money amount, int days) {}

    @PublishedName("contract.created")
    record Created(
            String contractId,
            String clientId,
            String freelancerId,
            Optional<String> jobId,
            Optional<String> proposalId,
            Optional<String> inviteId,
            Money price,
            int feeBasisPoints,
            List<Milestone> milestones)
            implements OfContract {}

    @PublishedName("contract.milestone-funded")
    record MilestoneFunded(String contractId, String clientId, String freelancerId, int milestone, Money amount)
            implements OfContract {}

    @PublishedName("contract.work-submitted")
    record WorkSubmitted(String contractId, String clientId, String freelancerId, int milestone)
            implements OfContract {}

    @PublishedName("contract.changes-requested")
    record ChangesRequested(String contractId, String clientId, String freelancerId, int milestone)
            implements OfContract {}

    /** @param isBySilence whether it was accepted because the client did not respond in time */
    @PublishedName("contract.milestone-accepted")
    record MilestoneAccepted(
            String contractId, String clientId, String freelancerId, int milestone, Money amount, boolean isBySilence)
            implements OfContract {}

    @PublishedName("contract.milestone-paid")
    record MilestonePaid(String contractId, String clientId, String freelancerId, int milestone, Money amount)
            implements OfContract {}

    /** @param requesterId the client, or the freelancer who offers the refund */
    @PublishedName("contract.refund-requested")
    record RefundRequested(
            String contractId, String clientId, String freelancerId, int milestone, String requesterId, Money amount)
            implements OfContract {}

    @PublishedName("contract.refund-declined")
    record RefundDeclined(String contractId, String clientId, String freelancerId, int milestone, Money amount)
            implements OfContract {}

    @PublishedName("contract.refund-withdrawn")
    record RefundWithdrawn(String contractId, String clientId, String freelancerId, int milestone, Money amount)
            implements OfContract {}

    /** The decision to divide the held money, which has not been moved yet. */
    @PublishedName("contract.settlement-decided")
    record SettlementDecided(
            String contractId,
            String clientId,
            String freelancerId,
            int milestone,
            Method method,
            Money refund,
            Money release)
            implements OfContract {}

    @PublishedName("contract.milestone-settled")
    record MilestoneSettled(
            String contractId, String clientId, String freelancerId, int milestone, Money refund, Money release)
            implements OfContract {}

    /** The release of accepted work waits, because the freelancer is suspended. */
    @PublishedName("contract.release-held")
    record ReleaseHeld(String contractId, String clientId, String freelancerId, int milestone, Money amount)
            implements OfContract {}

    @PublishedName("contract.release-resumed")
    record ReleaseResumed(String contractId, String clientId, String freelancerId, int milestone, Money amount)
            implements OfContract {}

    @PublishedName("contract.completed")
    record Completed(String contractId, String clientId, String freelancerId) implements OfContract {}

    @PublishedName("contract.cancelled")
    record Cancelled(String contractId, String clientId, String freelancerId) implements OfContract {}

    /** A review became public. Ratings are from 1 to 5. */
    @PublishedName("review.revealed")
    record ReviewRevealed(
            String reviewId,
            String contractId,
            String authorId,
            String subjectId,
            int overall,
            int quality,
            int communication,
            int timeliness,
            int professionalism)
            implements PublishedContract {
        @Override
        public String key() {
            return reviewId;
        }
    }
}
