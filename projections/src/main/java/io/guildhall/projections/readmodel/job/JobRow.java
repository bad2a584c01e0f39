package io.guildhall.projections.readmodel.job;

import io.guildhall.domain.job.JobDetails;
import java.time.Instant;
import java.util.Optional;

/**
 * A job in a list.
 *
 * @param revision from 1
 * @param proposals the number of proposals that wait for a decision
 * @param publishedAt empty for a draft
 * @param contractId the contract of the current or completed hire
 */
public record JobRow(
        String id,
        String clientId,
        JobDetails details,
        JobStatus status,
        long revision,
        int proposals,
        Instant postedAt,
        Instant changedAt,
        Optional<Instant> publishedAt,
        Optional<String> contractId) {

    /** A draft. */
    public static JobRow created(String id, String clientId, JobDetails details, Instant at) {
        return new JobRow(id, clientId, details, JobStatus.DRAFT, 1, 0, at, at, Optional.empty(), Optional.empty());
    }

    public JobRow published(Instant at) {
        return new JobRow(
                id, clientId, details, JobStatus.OPEN, revision, proposals, postedAt, at, Optional.of(at), contractId);
    }

    public JobRow edited(JobDetails next, Instant at) {
        return new JobRow(id, clientId, next, status, revision + 1, proposals, postedAt, at, publishedAt, contractId);
    }

    /** Is not a change of the job. */
    public JobRow withProposals(int waiting) {
        return new JobRow(
                id, clientId, details, status, revision, waiting, postedAt, changedAt, publishedAt, contractId);
    }

    public JobRow with(JobStatus next, Instant at) {
        return with(next, contractId, at);
    }

    public JobRow with(JobStatus next, Optional<String> contract, Instant at) {
        return new JobRow(id, clientId, details, next, revision, proposals, postedAt, at, publishedAt, contract);
    }
}
