package io.guildhall.projections.readmodel.contract;

import io.guildhall.kernel.Money;
import java.time.Instant;

/**
 * The release of an accepted milestone, while it waits.
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
        Reason reason,
        Instant heldAt) {
    /** Why the release waits. */
    public enum Reason {
        /** The freelancer is suspended. */
        SUSPENDED,
        /** The provider has refused every attempt to pay the freelancer. */
        REFUSED
    }
}
