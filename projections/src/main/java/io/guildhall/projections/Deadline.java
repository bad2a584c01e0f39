package io.guildhall.projections;

import io.guildhall.kernel.Correlation;

/**
 * A planned deadline that is due.
 *
 * @param previousRuns the number of earlier runs, since it was planned, that did not complete it
 * @param correlation the request that it was planned for
 */
public record Deadline(DeadlineId id, int previousRuns, Correlation correlation) {

    public String entityId() {
        return id.entityId();
    }

    /** The number of this run, from 1. */
    public int run() {
        return previousRuns + 1;
    }

    public int number() {
        return id.number();
    }
}
