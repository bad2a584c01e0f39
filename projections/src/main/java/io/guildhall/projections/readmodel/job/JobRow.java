package io.guildhall.projections.readmodel.job;

import io.guildhall.domain.job.JobDetails;
import java.time.Instant;
import java.util.Optional;

/**
 * A job in a list.
 *
 * @param revision from 1
 * @param proposals the number of proposals that the job has received
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
        Optional<String> contractId) {}
