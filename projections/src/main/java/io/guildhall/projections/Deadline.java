package io.guildhall.projections;

import io.guildhall.kernel.Correlation;

/**
 * A planned deadline that is due.
 *
 * @param key unique within its kind
 * @param runs how often it was handled before without being done
 * @param correlation the request that it was planned for
 */
public record Deadline(DeadlineKind kind, String key, String entityId, int runs, Correlation correlation) {

    /** The number after the last slash of the key, such as the attempt of a charge. */
    public int number() {
        return Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
    }
}
