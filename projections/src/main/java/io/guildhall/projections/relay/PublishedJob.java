package io.guildhall.projections.relay;

import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.job.JobDetails.Pay;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/** Published events of what leads to a contract: jobs, proposals, invites and gigs. */
public sealed interface PublishedJob extends PublishedEvent {

    sealed interface OfJob extends PublishedJob {
        String jobId();

        @Override
        default String key() {
            return jobId();
        }
    }

    /** A draft, visible to its client only. */
    @PublishedName("job.posted")
    record JobPosted(
            String jobId,
            String clientId,
            Pay pay,
            Money budgetMin,
            Money budgetMax,
            Optional<ExperienceLevel> experienceLevel)
            implements OfJob {}

    @PublishedName("job.published")
    record JobPublished(String jobId) implements OfJob {}

    @PublishedName("job.edited")
    record JobEdited(String jobId, Pay pay, Money budgetMin, Money budgetMax, Optional<ExperienceLevel> experienceLevel)
            implements OfJob {}

    /** @param proposalId empty if an invite was accepted; then inviteId is present */
    @PublishedName("job.hired")
    record JobHired(String jobId, String contractId, Optional<String> proposalId, Optional<String> inviteId)
            implements OfJob {}

    @PublishedName("job.closed")
    record JobClosed(String jobId) implements OfJob {}

    @PublishedName("job.completed")
    record JobCompleted(String jobId, String contractId) implements OfJob {}

    @PublishedName("job.cancelled")
    record JobCancelled(String jobId, String contractId) implements OfJob {}

    sealed interface OfProposal extends PublishedJob {
        String proposalId();

        @Override
        default String key() {
            return proposalId();
        }
    }

    /** Submitted for the first time, or again after it was declined. */
    @PublishedName("proposal.submitted")
    record ProposalSubmitted(
            String proposalId,
            String jobId,
            String clientId,
            String freelancerId,
            Money price,
            int deliveryDays,
            long revision)
            implements OfProposal {}

    @PublishedName("proposal.revised")
    record ProposalRevised(String proposalId, Money price, int deliveryDays, long revision) implements OfProposal {}

    @PublishedName("proposal.shortlisted")
    record ProposalShortlisted(String proposalId) implements OfProposal {}

    @PublishedName("proposal.accepted")
    record ProposalAccepted(
            String proposalId, String jobId, String clientId, String freelancerId, String contractId, long revision)
            implements OfProposal {}

    /** The hire has failed: the proposal waits again. */
    @PublishedName("proposal.reinstated")
    record ProposalReinstated(String proposalId, String jobId, String clientId, String freelancerId, String contractId)
            implements OfProposal {}

    @PublishedName("proposal.declined")
    record ProposalDeclined(String proposalId, String jobId, String clientId, String freelancerId, DeclineReason reason)
            implements OfProposal {}

    @PublishedName("proposal.withdrawn")
    record ProposalWithdrawn(String proposalId, String jobId, String clientId, String freelancerId)
            implements OfProposal {}

    sealed interface OfInvite extends PublishedJob {
        String inviteId();

        @Override
        default String key() {
            return inviteId();
        }
    }

    /** @param gigId of the package that the client orders; empty if it is for a job, then jobId is present */
    @PublishedName("invite.sent")
    record InviteSent(
            String inviteId,
            Optional<String> jobId,
            Optional<String> gigId,
            String clientId,
            String freelancerId,
            Money price,
            Instant expiresAt)
            implements OfInvite {}

    @PublishedName("invite.accepted")
    record InviteAccepted(String inviteId, String clientId, String freelancerId, String contractId)
            implements OfInvite {}

    @PublishedName("invite.declined")
    record InviteDeclined(String inviteId, String clientId, String freelancerId) implements OfInvite {}

    @PublishedName("invite.withdrawn")
    record InviteWithdrawn(String inviteId, String clientId, String freelancerId) implements OfInvite {}

    @PublishedName("invite.expired")
    record InviteExpired(String inviteId, String clientId, String freelancerId) implements OfInvite {}

    /** The hire after an acceptance has failed. */
    @PublishedName("invite.refused")
    record InviteRefused(
            String inviteId, String clientId, String freelancerId, String contractId, AcceptanceFailure reason)
            implements OfInvite {}

    sealed interface OfGig extends PublishedJob {
        String gigId();

        @Override
        default String key() {
            return gigId();
        }
    }

    /** A draft, visible to its freelancer only. */
    @PublishedName("gig.posted")
    record GigPosted(String gigId, String freelancerId) implements OfGig {}

    @PublishedName("gig.edited")
    record GigEdited(String gigId) implements OfGig {}

    @PublishedName("gig.published")
    record GigPublished(String gigId) implements OfGig {}

    @PublishedName("gig.paused")
    record GigPaused(String gigId) implements OfGig {}

    @PublishedName("gig.archived")
    record GigArchived(String gigId) implements OfGig {}
}
