package io.guildhall.projections;

import io.guildhall.kernel.Correlation;
import java.time.Instant;

/**
 * An event with its journal metadata.
 *
 * @param sequence its sequence number among the events of its entity, from 1
 * @param at when it was written
 * @param correlation the request that caused it; commands that follow from it carry the same
 */
public record Recorded<E>(String entityId, long sequence, E event, Instant at, Correlation correlation) {
    /** The same event as one of this family. */
    public <F> Recorded<F> cast(Class<F> family) {
        return new Recorded<>(entityId, sequence, family.cast(event), at, correlation);
    }
}
