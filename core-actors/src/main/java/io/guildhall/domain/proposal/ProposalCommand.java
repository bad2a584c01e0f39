package io.guildhall.domain.proposal;

import java.util.Optional;

/** Commands that a proposal accepts. */
public sealed interface ProposalCommand {
    /**
     * @param clientId owner of the job, as the job states it; it never changes
     * @param jobTitle as the job states it now
     * @param canBePaid whether the freelancer's payout account is verified now
     */
    record Submit(String by, String jobId, String clientId, String jobTitle, boolean canBePaid, Terms terms)
            implements ProposalCommand {}

    /** A command that only the proposal's freelancer is allowed to send. */
    sealed interface FreelancerCommand extends ProposalCommand {
        /** The caller. */
        String by();
    }

    /** @param revision the revision that the caller has read */
    record Revise(String by, long revision, Terms terms) implements FreelancerCommand {}

    record Withdraw(String by) implements FreelancerCommand {}

    /** A command that only the job's client is allowed to send. */
    sealed interface ClientCommand extends ProposalCommand {
        /** The caller. */
        String by();
    }

    record MarkSeen(String by) implements ClientCommand {}

    record Shortlist(String by) implements ClientCommand {}

    /**
     * The client has accepted the proposal, and the job is being filled.
     *
     * @param jobId the job that is being filled
     * @param revision the revision that the client has read; only the latest can be accepted
     * @param contractId identifies the hire
     */
    record Accept(String jobId, long revision, String contractId, String jobTitle, int feeBasisPoints)
            implements ProposalCommand {}

    /** The hire for this contract has failed. */
    record Reinstate(String contractId, String reason) implements ProposalCommand {}

    /** @param submittedRevision the submission that is declined; empty for the last one */
    record Decline(DeclineReason reason, Optional<Long> submittedRevision) implements ProposalCommand {
        /** Declines the last submission. */
        public Decline(DeclineReason reason) {
            this(reason, Optional.empty());
        }

        boolean isOfSubmissionBefore(long revision) {
            return submittedRevision.filter(it -> it < revision).isPresent();
        }
    }
}
