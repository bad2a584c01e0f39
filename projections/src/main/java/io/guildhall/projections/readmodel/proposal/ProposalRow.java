package io.guildhall.projections.readmodel.proposal;

import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Terms;
import java.time.Instant;
import java.util.Optional;

/**
 * A proposal in a list.
 *
 * @param jobTitle as far as the list of jobs knows it
 * @param revision counts the edits, from 1
 * @param declined why, where the status says so
 * @param contractId where it was accepted
 */
public record ProposalRow(
        String id,
        String jobId,
        Optional<String> jobTitle,
        String clientId,
        String freelancerId,
        Terms terms,
        ProposalStatus status,
        boolean seen,
        long revision,
        Optional<DeclineReason> declined,
        Optional<String> contractId,
        Instant submittedAt,
        Instant changedAt) {}
