package io.guildhall.domain.job;

import io.guildhall.domain.invite.Invite;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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

    /** The number of proposals changes. */
    sealed interface CountEvent extends JobEvent {}

    /** A proposal arrived. No longer recorded: {@link ProposalsCounted} has the number of proposals. */
    @JournalName("job.proposal-received")
    record ProposalReceived(
            String proposalId,
            String freelancerId,
            String clientId,
            @Personal(of = "clientId") String title,
            Instant at)
            implements CountEvent {}

    /**
     * @param waiting the number of proposals that wait for a decision
     * @param version increased by each change of the number
     */
    @JournalName("job.proposals-counted")
    record ProposalsCounted(int waiting, long version, Instant at) implements CountEvent {}

    /**
     * The job is being filled. Next, the hire for this contract is refused or succeeds.
     *
     * @param proposalId the proposal that the client has accepted; empty for an invite
     * @param inviteId the invite that the freelancer has accepted; empty for a proposal. The oldest events have it as
     *     proposalId.
     * @param revision the accepted revision of the proposal, or the number of the sending of the invite
     * @param feeBasisPoints the fee of the contract; the oldest events do not have it
     */
    @JournalName("job.filling-started")
    record FillingStarted(
            Optional<String> proposalId,
            Optional<String> inviteId,
            long revision,
            String contractId,
            String clientId,
            @Personal(of = "clientId") String title,
            Optional<Integer> feeBasisPoints,
            Instant at)
            implements HiringEvent {
        public FillingStarted {
            inviteId = inviteId.or(invited(proposalId));
            proposalId = proposalId.filter(FillingStarted::isNoInvite);
        }

        /** Of the oldest events, which have the invite in the place of the proposal. */
        private static Supplier<Optional<String>> invited(Optional<String> proposalId) {
            return () -> proposalId.filter(it -> !isNoInvite(it));
        }

        private static boolean isNoInvite(String id) {
            return !Ids.isWellFormed(Invite.PREFIX, id);
        }
    }

    /**
     * The hire has failed, and the job is open again.
     *
     * @param proposalId empty for an invite
     * @param inviteId empty for a proposal
     * @param why a code
     */
    @JournalName("job.filling-abandoned")
    record FillingAbandoned(
            Optional<String> proposalId,
            Optional<String> inviteId,
            String contractId,
            String clientId,
            @Personal(of = "clientId") String title,
            String why,
            Instant at)
            implements HiringEvent {}

    /**
     * @param proposalId empty for an invite
     * @param inviteId empty for a proposal
     * @param declined ids of the other proposals; in old events only, since the job no longer knows them
     */
    @JournalName("job.hired")
    record Hired(
            Optional<String> proposalId,
            Optional<String> inviteId,
            String contractId,
            List<String> declined,
            Instant at)
            implements HiringEvent {}

    /** @param declined ids of the pending proposals; in old events only, since the job no longer knows them */
    @JournalName("job.closed")
    record Closed(@Personal String why, List<String> declined, Instant at) implements EndEvent {}

    @JournalName("job.completed")
    record Completed(String contractId, Instant at) implements EndEvent {}

    @JournalName("job.cancelled")
    record Cancelled(String contractId, Instant at) implements EndEvent {}
}
