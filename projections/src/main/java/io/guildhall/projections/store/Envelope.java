package io.guildhall.projections.store;

import io.guildhall.projections.Recorded;
import java.time.Instant;

/** An event on its way from the journal to a follower. */
record Envelope(Position position, String kind, String entityId, long sequence, Object event, Instant at) {
    <E> Recorded<E> recorded(Class<E> family) {
        return new Recorded<>(entityId, sequence, family.cast(event), at);
    }
}
