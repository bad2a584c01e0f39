package io.guildhall.domain.proposal;

import java.util.Optional;

/** Commands that a proposal accepts. */
public sealed interface ProposalCommand {
    /** @param clientId owner of the job, as the job states it; it never changes */
    record Submit(String by, String jobId, String clientId, Terms terms) implements ProposalCommand {}

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
     * @param revision the revision that the client has read; only the latest can be accepted
     * @param feeBasisPoints the fee of the contract; empty if the hire started before fees were pinned
     */
    record Accept(long revision, String contractId, String jobTitle, Optional<Integer> feeBasisPoints)
            implements ProposalCommand {}

    record Decline(DeclineReason reason) implements ProposalCommand {}
}
