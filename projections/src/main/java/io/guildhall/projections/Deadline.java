package io.guildhall.projections;

import io.guildhall.kernel.Correlation;

/**
 * A planned deadline that is due.
 *
 * @param runs how often it was handled without being done since it was planned
 * @param correlation the request that it was planned for
 */
public record Deadline(DeadlineId id, int runs, Correlation correlation) {

    public String entityId() {
        return id.entityId();
    }

    public int number() {
        return id.number();
    }
}
