package io.guildhall.projections.readmodel.contract;

import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A contract in a list.
 *
 * @param jobId empty for an order and for an invite without a job
 * @param proposalId the accepted proposal, if the contract follows from one
 * @param inviteId the accepted invite, if the contract follows from one
 * @param feeBasisPoints the platform's fee; 100 basis points are one percent
 * @param milestones in order
 */
public record ContractRow(
        String id,
        Optional<String> jobId,
        Optional<String> proposalId,
        Optional<String> inviteId,
        String clientId,
        String freelancerId,
        String title,
        Money price,
        int feeBasisPoints,
        ContractStatus status,
        List<MilestoneRow> milestones,
        Instant createdAt,
        Instant changedAt) {
    public ContractRow {
        milestones = List.copyOf(milestones);
    }
}
