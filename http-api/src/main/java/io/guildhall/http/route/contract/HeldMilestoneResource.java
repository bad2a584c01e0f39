package io.guildhall.http.route.contract;

import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.contract.HeldMilestoneRow;
import java.time.Instant;

/** A funded milestone that is neither accepted nor settled, with what an admin needs of its contract. */
public record HeldMilestoneResource(
        String contractId,
        String contractTitle,
        UserResource client,
        UserResource freelancer,
        Instant heldSince,
        MilestoneResource milestone) {
    static HeldMilestoneResource of(HeldMilestoneRow row) {
        return new HeldMilestoneResource(
                row.contractId(),
                row.contractTitle(),
                UserResource.of(row.clientId()),
                UserResource.of(row.freelancerId()),
                row.heldSince(),
                MilestoneResource.of(row.contractId(), row.milestone()));
    }
}
