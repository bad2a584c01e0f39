package io.guildhall.projections.readmodel.contract;

import java.time.Instant;

/** A funded milestone that is neither accepted nor settled. */
public record HeldMilestoneRow(
        String contractId,
        String contractTitle,
        String clientId,
        String freelancerId,
        Instant heldSince,
        MilestoneRow milestone) {}
