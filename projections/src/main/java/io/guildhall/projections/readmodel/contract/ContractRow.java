package io.guildhall.projections.readmodel.contract;

import io.guildhall.domain.contract.Milestone;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A contract in a list.
 *
 * @param jobId where it is for a job, not for what was ordered
 * @param proposalId or
 * @param inviteId what it follows from
 * @param feeBasisPoints the platform's share, in hundredths of a percent
 * @param milestones in their order
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
        List<Milestone> milestones,
        Instant drawnAt,
        Instant changedAt) {
    public ContractRow {
        milestones = List.copyOf(milestones);
    }
}
