package io.guildhall.projections.readmodel;

import io.guildhall.domain.contract.Milestone;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * A contract in a list.
 *
 * @param feeBasisPoints the platform's share, in hundredths of a percent
 * @param milestones in their order
 */
public record ContractRow(
        String id,
        String jobId,
        String proposalId,
        String clientId,
        String freelancerId,
        String title,
        Money price,
        int feeBasisPoints,
        ContractStatus status,
        List<Milestone> milestones,
        Instant drawnAt,
        Instant changedAt) {
    public ContractRow {
        milestones = List.copyOf(milestones);
    }
}
