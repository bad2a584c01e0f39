package io.guildhall.projections.store;

import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Recorded;
import java.time.Instant;

/** An event with its position, as the journal reader passes it to a follower. */
record Envelope(
        Position position,
        String kind,
        String entityId,
        long sequence,
        Object event,
        Instant at,
        Correlation correlation) {
    <E> Recorded<E> recorded(Class<E> family) {
        return new Recorded<>(entityId, sequence, family.cast(event), at, correlation);
    }
}
