package io.guildhall.projections;

import io.guildhall.domain.job.Job.ProposalCount;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The proposals of each job that wait for a decision: durable records of the process that receives proposals. A change
 * that is older than the last one of the same proposal has no effect. The effect of a method is durable once its stage
 * completes.
 */
public interface WaitingProposals {
    /** The names are stored: never changed. */
    enum Status {
        WAITING,
        /** It arrived when the limit was reached. */
        REFUSED,
        /** It was accepted, declined or withdrawn. */
        DECIDED
    }

    /** @param status of the proposal; DECIDED if a later event of the proposal was recorded before */
    record Receipt(Status status, ProposalCount count) {}

    /**
     * Records that a proposal waits from now on.
     *
     * @param sequence of the proposal's event
     * @param limit the proposal is refused if as many proposals of the job are waiting
     */
    CompletionStage<Receipt> arrive(String proposalId, String jobId, long sequence, int limit);

    /**
     * Records that a proposal waits no longer.
     *
     * @param sequence of the proposal's event
     */
    CompletionStage<ProposalCount> decide(String proposalId, String jobId, long sequence);

    /**
     * The waiting proposals of a job, ordered by id.
     *
     * @param after the last id of the previous page
     */
    CompletionStage<List<String>> page(String jobId, Optional<String> after, int limit);
}
