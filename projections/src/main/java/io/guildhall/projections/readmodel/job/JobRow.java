package io.guildhall.projections.readmodel.job;

import io.guildhall.domain.job.JobDetails;
import java.time.Instant;
import java.util.Optional;

/**
 * A job in a list.
 *
 * @param revision counts the edits, from 1
 * @param proposals how many it has received
 * @param publishedAt empty while it is a draft
 * @param contractId of who is being or was hired
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
