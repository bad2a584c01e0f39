package io.guildhall.domain.proposal;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Everything that can have happened to a proposal. Journalled for ever: change only by adding. */
public sealed interface ProposalEvent extends Journalled {
    Instant at();

    /** The proposal goes to the job, which receives it or has it declined. */
    sealed interface SubmissionEvent extends ProposalEvent {
        String jobId();

        String clientId();

        String freelancerId();

        Terms terms();
    }

    /** Changes nothing about who was chosen: the proposal goes on waiting for the client's decision. */
    sealed interface WaitingEvent extends ProposalEvent {}

    @JournalName("proposal.submitted")
    record Submitted(String jobId, String clientId, String freelancerId, Terms terms, Instant at)
            implements SubmissionEvent {}

    /** Once its freelancer can be paid, after it was declined for want of that. */
    @JournalName("proposal.resubmitted")
    record Resubmitted(String jobId, String clientId, String freelancerId, Terms terms, long revision, Instant at)
            implements SubmissionEvent {}

    @JournalName("proposal.revised")
    record Revised(Terms terms, long revision, Instant at) implements WaitingEvent {}

    @JournalName("proposal.seen")
    record Seen(Instant at) implements WaitingEvent {}

    @JournalName("proposal.shortlisted")
    record Shortlisted(Instant at) implements WaitingEvent {}

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
