package io.guildhall.http.route.contract;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.room.Room;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A contract as its client and its freelancer see it.
 *
 * @param jobId absent if a package was ordered
 * @param proposalId the accepted proposal, if the contract follows from one
 * @param inviteId the accepted invite, if the contract follows from one
 * @param feeBasisPoints the platform's fee, in hundredths of a percent
 * @param cancellationReason present if the contract was cancelled; not in lists
 */
public record ContractResource(
        String id,
        Optional<String> jobId,
        Optional<String> proposalId,
        Optional<String> inviteId,
        String roomId,
        UserResource client,
        UserResource freelancer,
        String title,
        Money price,
        int feeBasisPoints,
        ContractStatus status,
        List<MilestoneResource> milestones,
        Optional<String> cancellationReason,
        Instant createdAt,
        Instant changedAt) {

    public static ContractResource fromContract(String id, Contract contract) {
        return switch (contract) {
            case Contract.NotCreated _ -> throw AggregateApi.notFound();
            case Contract.AwaitingFunding it ->
                create(id, it.details(), ContractStatus.AWAITING_FUNDING, Optional.empty());
            case Contract.Active it -> create(id, it.details(), ContractStatus.ACTIVE, Optional.empty());
            case Contract.Completed it -> create(id, it.details(), ContractStatus.COMPLETED, Optional.empty());
            case Contract.Cancelled it -> create(id, it.details(), ContractStatus.CANCELLED, Optional.of(it.reason()));
        };
    }

    private static ContractResource create(
            String id, Contract.Details details, ContractStatus status, Optional<String> cancellationReason) {
        var deal = details.deal();
        return new ContractResource(
                id,
                deal.jobId(),
                deal.proposalId(),
                deal.inviteId(),
                Room.id(id),
                UserResource.of(deal.clientId()),
                UserResource.of(deal.freelancerId()),
                deal.title(),
                deal.price(),
                deal.feeBasisPoints(),
                status,
                MilestoneResource.listOf(id, details),
                cancellationReason,
                details.dates().createdAt(),
                details.dates().changedAt());
    }

    /** The contract in a list. */
    static ContractResource fromRow(ContractRow row) {
        return new ContractResource(
                row.id(),
                row.jobId(),
                row.proposalId(),
                row.inviteId(),
                Room.id(row.id()),
                UserResource.of(row.clientId()),
                UserResource.of(row.freelancerId()),
                row.title(),
                row.price(),
                row.feeBasisPoints(),
                row.status(),
                MilestoneResource.listOf(row.id(), row.milestones()),
                Optional.empty(),
                row.createdAt(),
                row.changedAt());
    }
}
