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
        Optional<Instant> publishedAt,
        Optional<String> contractId) {

    public JobRow published(Instant at) {
        return new JobRow(
                id, clientId, details, JobStatus.OPEN, revision, proposals, postedAt, Optional.of(at), contractId);
    }

    public JobRow edited(JobDetails next) {
        return new JobRow(id, clientId, next, status, revision + 1, proposals, postedAt, publishedAt, contractId);
    }

    public JobRow withProposals(int waiting) {
        return new JobRow(id, clientId, details, status, revision, waiting, postedAt, publishedAt, contractId);
    }

    public JobRow with(JobStatus next) {
        return with(next, contractId);
    }

    public JobRow with(JobStatus next, Optional<String> contract) {
        return new JobRow(id, clientId, details, next, revision, proposals, postedAt, publishedAt, contract);
    }
}
