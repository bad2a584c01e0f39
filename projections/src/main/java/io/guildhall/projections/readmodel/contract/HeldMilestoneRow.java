package io.guildhall.projections.readmodel.contract;

import java.time.Instant;

/** A milestone whose money is held and neither accepted nor settled. */
public record HeldMilestoneRow(
        String contractId,
        String contractTitle,
        String clientId,
        String freelancerId,
        Instant heldSince,
        MilestoneRow milestone) {}
