package io.guildhall.domain.job;

/** Everything one may ask of a job. */
public sealed interface JobCommand {
    /** @param publish whether freelancers may apply at once */
    record Post(String by, JobDetails details, boolean publish) implements JobCommand {}

    /** What only the job's client may ask says who asks. */
    sealed interface OfClient extends JobCommand {
        String by();
    }

    record Publish(String by) implements OfClient {}

    /** @param revision that was seen when the edit began */
    record Edit(String by, long revision, JobDetails details) implements OfClient {}

    /**
     * @param revision of the proposal that the client saw
     * @param contractId for the contract that follows, if this accept wins
     */
    record Accept(String by, String proposalId, long revision, String contractId) implements OfClient {}

    record Close(String by, String why) implements OfClient {}

    /** A freelancer has taken the client's invite. */
    record TakeInvite(String inviteId, String clientId, String currency, String contractId) implements JobCommand {}

    record ReceiveProposal(String proposalId, String freelancerId, String currency) implements JobCommand {}

    record ConfirmHire(String contractId) implements JobCommand {}

    record AbandonHire(String contractId, String why) implements JobCommand {}

    record Complete(String contractId) implements JobCommand {}

    record Cancel(String contractId) implements JobCommand {}
}
