package io.guildhall.projections.readmodel.contract;

import io.guildhall.kernel.Money;
import java.time.Instant;

/**
 * The release of an accepted milestone, while it waits because the freelancer is suspended.
 *
 * @param number of the milestone, from 1
 */
public record HeldReleaseRow(
        String contractId,
        int number,
        String title,
        String clientId,
        String freelancerId,
        Money amount,
        Instant heldAt) {}
