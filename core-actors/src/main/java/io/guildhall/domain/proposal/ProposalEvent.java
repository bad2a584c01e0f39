package io.guildhall.domain.proposal;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Everything that can have happened to a proposal. Journalled for ever: change only by adding. */
public sealed interface ProposalEvent extends Journalled {
    Instant at();

    /** On its way to the job, which takes it in or has it declined. */
    sealed interface HandedIn extends ProposalEvent {
        String jobId();

        String clientId();

        String freelancerId();

        Terms terms();
    }

    @JournalName("proposal.submitted")
    record Submitted(String jobId, String clientId, String freelancerId, Terms terms, Instant at) implements HandedIn {}

    /** Once its freelancer can be paid, after it was declined for want of that. */
    @JournalName("proposal.resubmitted")
    record Resubmitted(String jobId, String clientId, String freelancerId, Terms terms, long revision, Instant at)
            implements HandedIn {}

    @JournalName("proposal.revised")
    record Revised(Terms terms, long revision, Instant at) implements ProposalEvent {}

    @JournalName("proposal.seen")
    record Seen(Instant at) implements ProposalEvent {}

    @JournalName("proposal.shortlisted")
    record Shortlisted(Instant at) implements ProposalEvent {}

    @JournalName("proposal.accepted")
    record Accepted(
            String jobId,
            String clientId,
            String freelancerId,
            String jobTitle,
            String contractId,
            long revision,
            Terms terms,
            Instant at)
            implements ProposalEvent {}

    @JournalName("proposal.declined")
    record Declined(String jobId, String clientId, String freelancerId, DeclineReason why, Instant at)
            implements ProposalEvent {}

    @JournalName("proposal.withdrawn")
    record Withdrawn(String jobId, String clientId, String freelancerId, Instant at) implements ProposalEvent {}
}
