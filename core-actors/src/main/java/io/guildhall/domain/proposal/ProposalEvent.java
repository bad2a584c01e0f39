package io.guildhall.domain.proposal;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of a proposal, stored permanently: add new ones, never change existing ones. */
public sealed interface ProposalEvent extends Journalled {
    Instant at();

    /** The proposal is sent to its job, which receives it or rejects it. */
    sealed interface SubmissionEvent extends ProposalEvent {
        String jobId();

        String clientId();

        String freelancerId();

        Optional<String> jobTitle();

        Terms terms();

        /** From 1. */
        long revision();
    }

    /** The proposal is no longer pending. */
    sealed interface DecisionEvent extends ProposalEvent {
        String jobId();
    }

    /** The proposal stays pending. */
    sealed interface PendingEvent extends ProposalEvent {}

    /** @param jobTitle the title of the job at this time; the oldest events do not have it */
    @JournalName("proposal.submitted")
    record Submitted(
            String jobId,
            String clientId,
            String freelancerId,
            @Personal(of = "clientId") Optional<String> jobTitle,
            Terms terms,
            Instant at)
            implements SubmissionEvent {
        @Override
        public long revision() {
            return 1;
        }
    }

    /**
     * The freelancer submitted it again after it was withdrawn, or declined for a reason that has ended.
     *
     * @param jobTitle the title of the job at this time; the oldest events do not have it
     */
    @JournalName("proposal.resubmitted")
    record Resubmitted(
            String jobId,
            String clientId,
            String freelancerId,
            @Personal(of = "clientId") Optional<String> jobTitle,
            Terms terms,
            long revision,
            Instant at)
            implements SubmissionEvent {}

    @JournalName("proposal.revised")
    record Revised(Terms terms, long revision, Instant at) implements PendingEvent {}

    @JournalName("proposal.seen")
    record Seen(Instant at) implements PendingEvent {}

    @JournalName("proposal.shortlisted")
    record Shortlisted(Instant at) implements PendingEvent {}

    /** @param feeBasisPoints the fee of the contract; the oldest events do not have it */
    @JournalName("proposal.accepted")
    record Accepted(
            String jobId,
            String clientId,
            String freelancerId,
            @Personal(of = "clientId") String jobTitle,
            String contractId,
            long revision,
            Terms terms,
            Optional<Integer> feeBasisPoints,
            Instant at)
            implements DecisionEvent {}

    /**
     * The hire has failed: the proposal waits again.
     *
     * @param contractId identifies the hire
     * @param isShortlisted whether it was shortlisted before it was accepted
     * @param why a code
     */
    @JournalName("proposal.reinstated")
    record Reinstated(
            String jobId,
            String clientId,
            String freelancerId,
            String contractId,
            boolean isShortlisted,
            String why,
            Instant at)
            implements ProposalEvent {}

    @JournalName("proposal.declined")
    record Declined(String jobId, String clientId, String freelancerId, DeclineReason why, Instant at)
            implements DecisionEvent {}

    @JournalName("proposal.withdrawn")
    record Withdrawn(String jobId, String clientId, String freelancerId, Instant at) implements DecisionEvent {}
}
