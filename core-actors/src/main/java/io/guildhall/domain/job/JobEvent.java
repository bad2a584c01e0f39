package io.guildhall.domain.job;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events of a job, stored permanently: add new ones, never change existing ones. */
public sealed interface JobEvent extends Journalled {
    Instant at();

    /** The client drafts, publishes or edits the job. */
    sealed interface PostingEvent extends JobEvent {}

    /** A hire begins, succeeds or is abandoned. */
    sealed interface HiringEvent extends JobEvent {}

    /** The job ends. */
    sealed interface EndEvent extends JobEvent {}

    @JournalName("job.posted")
    record Posted(String clientId, JobDetails details, Instant at) implements PostingEvent {}

    @JournalName("job.published")
    record Published(Instant at) implements PostingEvent {}

    @JournalName("job.edited")
    record Edited(JobDetails details, Instant at) implements PostingEvent {}

    @JournalName("job.proposal-received")
    record ProposalReceived(String proposalId, String freelancerId, String clientId, String title, Instant at)
            implements JobEvent {}

    /**
     * A hire starts. Next, the hiring process checks whether the proposal can still be accepted.
     *
     * @param proposalId id of the accepted proposal or invite
     * @param feeBasisPoints the fee of the contract; of an invite, the acceptance of the invite has it. The oldest events
     *     do not have it.
     */
    @JournalName("job.filling-started")
    record FillingStarted(
            String proposalId,
            long revision,
            String contractId,
            String clientId,
            String title,
            Optional<Integer> feeBasisPoints,
            Instant at)
            implements HiringEvent {}

    @JournalName("job.filling-abandoned")
    record FillingAbandoned(String proposalId, String contractId, String clientId, String title, String why, Instant at)
            implements HiringEvent {}

    /** @param declined ids of the other proposals */
    @JournalName("job.hired")
    record Hired(String proposalId, String contractId, List<String> declined, Instant at) implements HiringEvent {}

    /** @param declined ids of the pending proposals */
    @JournalName("job.closed")
    record Closed(String why, List<String> declined, Instant at) implements EndEvent {}

    @JournalName("job.completed")
    record Completed(String contractId, Instant at) implements EndEvent {}

    @JournalName("job.cancelled")
    record Cancelled(String contractId, Instant at) implements EndEvent {}
}
