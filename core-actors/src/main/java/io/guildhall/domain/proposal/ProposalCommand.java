package io.guildhall.domain.proposal;

/** Everything one may ask of a proposal. */
public sealed interface ProposalCommand {
    /** @param clientId whose job it is, as the job says: a job never changes hands */
    record Submit(String by, String jobId, String clientId, Terms terms) implements ProposalCommand {}

    /** What only its freelancer may ask says who asks. */
    sealed interface OfFreelancer extends ProposalCommand {
        String by();
    }

    /** @param revision that was seen when the edit began */
    record Revise(String by, long revision, Terms terms) implements OfFreelancer {}

    record Withdraw(String by) implements OfFreelancer {}

    /** What only the job's client may ask says who asks. */
    sealed interface OfClient extends ProposalCommand {
        String by();
    }

    record MarkSeen(String by) implements OfClient {}

    record Shortlist(String by) implements OfClient {}

    /** @param revision that the client saw; accepted only while it is the last */
    record Accept(long revision, String contractId, String jobTitle) implements ProposalCommand {}

    record Decline(DeclineReason why) implements ProposalCommand {}
}
