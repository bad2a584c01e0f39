package io.guildhall.domain.job;

/** Commands that a job accepts. */
public sealed interface JobCommand {
    /** @param publish whether the job is published immediately; otherwise it stays a draft */
    record Post(String by, JobDetails details, boolean publish) implements JobCommand {}

    /** A command that only the job's client is allowed to send. */
    sealed interface ClientCommand extends JobCommand {
        /** The caller. */
        String by();
    }

    record Publish(String by) implements ClientCommand {}

    /** @param revision the revision that the caller has read */
    record Edit(String by, long revision, JobDetails details) implements ClientCommand {}

    /**
     * @param revision the revision of the proposal that the client has read
     * @param contractId id for the contract, if this accept leads to a hire
     * @param feeBasisPoints the fee of the contract, which is pinned now
     */
    record Accept(String by, String proposalId, long revision, String contractId, int feeBasisPoints)
            implements ClientCommand {}

    record Close(String by, String reason) implements ClientCommand {}

    /** The job receives a proposal or an invite. */
    sealed interface ApplicationCommand extends JobCommand {}

    /** @param count of the waiting proposals, this one included */
    record ReceiveProposal(String proposalId, String freelancerId, String currency, Job.ProposalCount count)
            implements ApplicationCommand {}

    record CountProposals(Job.ProposalCount count) implements ApplicationCommand {}

    /** Rejected when the job is no longer open. */
    record ReceiveInvite(String inviteId) implements ApplicationCommand {}

    /** A command of a hire to its job. */
    sealed interface HireCommand extends JobCommand {
        /** Identifies the hire. */
        String contractId();
    }

    /**
     * Starts to fill the job by an invite that the freelancer has accepted.
     *
     * @param number which sending of the invite, from 1
     */
    record TakeInvite(
            String inviteId, int number, String clientId, String currency, String contractId, int feeBasisPoints)
            implements HireCommand {}

    record ConfirmHire(String contractId) implements HireCommand {}

    /** @param reason a code */
    record AbandonHire(String contractId, String reason) implements HireCommand {}

    record Complete(String contractId) implements JobCommand {}

    record Cancel(String contractId) implements JobCommand {}
}
