package io.guildhall.http.route.contract;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.room.Room;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A contract as its two parties see it.
 *
 * @param jobId where it is for a job, not for what was ordered
 * @param proposalId or
 * @param inviteId what it follows from
 * @param feeBasisPoints the platform's share, in hundredths of a percent
 * @param cancelledWhy where it was cancelled; not in lists
 * @param drawnAt in lists
 * @param changedAt in lists
 */
public record ContractResource(
        String id,
        Optional<String> jobId,
        Optional<String> proposalId,
        Optional<String> inviteId,
        String roomId,
        String clientId,
        String freelancerId,
        String title,
        Money price,
        int feeBasisPoints,
        ContractStatus status,
        List<MilestoneView> milestones,
        Optional<String> cancelledWhy,
        Optional<Instant> drawnAt,
        Optional<Instant> changedAt) {

    /** @param note what was last said of it; empty before */
    public record MilestoneView(
            int number, String escrowId, String title, Money amount, int days, Milestone.Status status, String note) {
        static List<MilestoneView> of(String contractId, List<Milestone> milestones) {
            return milestones.stream()
                    .map(it -> new MilestoneView(
                            it.number(),
                            Escrow.id(contractId, it.number()),
                            it.title(),
                            it.amount(),
                            it.days(),
                            it.status(),
                            it.note()))
                    .toList();
        }
    }

    static ContractResource of(String id, Contract contract) {
        return switch (contract) {
            case Contract.NotCreated _ -> throw AggregateApi.notFound();
            case Contract.AwaitingFunding it -> of(id, it.details(), ContractStatus.AWAITING_FUNDING, Optional.empty());
            case Contract.Active it -> of(id, it.details(), ContractStatus.ACTIVE, Optional.empty());
            case Contract.Completed it -> of(id, it.details(), ContractStatus.COMPLETED, Optional.empty());
            case Contract.Cancelled it -> of(id, it.details(), ContractStatus.CANCELLED, Optional.of(it.reason()));
        };
    }

    private static ContractResource of(String id, Contract.Details sheet, ContractStatus status, Optional<String> why) {
        var deal = sheet.deal();
        return new ContractResource(
                id,
                deal.jobId(),
                deal.proposalId(),
                deal.inviteId(),
                Room.id(id),
                deal.clientId(),
                deal.freelancerId(),
                deal.title(),
                deal.price(),
                deal.feeBasisPoints(),
                status,
                MilestoneView.of(id, sheet.milestones()),
                why,
                Optional.empty(),
                Optional.empty());
    }

    static ContractResource of(ContractRow row) {
        return new ContractResource(
                row.id(),
                row.jobId(),
                row.proposalId(),
                row.inviteId(),
                Room.id(row.id()),
                row.clientId(),
                row.freelancerId(),
                row.title(),
                row.price(),
                row.feeBasisPoints(),
                row.status(),
                MilestoneView.of(row.id(), row.milestones()),
                Optional.empty(),
                Optional.of(row.drawnAt()),
                Optional.of(row.changedAt()));
    }
}
