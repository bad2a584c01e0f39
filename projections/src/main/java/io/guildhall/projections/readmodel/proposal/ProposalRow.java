package io.guildhall.projections.readmodel.proposal;

import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Terms;
import java.time.Instant;
import java.util.Optional;

/**
 * A proposal in a list.
 *
 * @param jobTitle empty if the view of jobs does not have the job yet
 * @param revision from 1
 * @param declineReason the reason, if the proposal was declined
 * @param contractId the contract, if the proposal was accepted
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
        Optional<DeclineReason> declineReason,
        Optional<String> contractId,
        Instant submittedAt,
        Instant changedAt) {}
