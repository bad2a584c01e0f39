package io.guildhall.projections.store;

import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Recorded;
import java.time.Instant;

/**
 * An event with its position, as the journal reader passes it to a follower.
 *
 * @param event the event, or an {@link Unreadable}
 */
record Envelope(
        Position position,
        String kind,
        String entityId,
        long sequence,
        Object event,
        Instant at,
        Correlation correlation) {

    /** Stands for an event that this version of the program cannot read, such as one of a newer version. */
    record Unreadable(String name, String reason) {}

    /** The same with this event, or {@link Unreadable}. */
    Envelope with(Object read) {
        return new Envelope(position, kind, entityId, sequence, read, at, correlation);
    }

    /** @throws IllegalStateException if the event cannot be read */
    <E> Recorded<E> recorded(Class<E> family) {
        if (event instanceof Unreadable(var name, var reason))
            throw new IllegalStateException("event " + position.ordering() + " of the journal, " + name + " of " + kind
                    + "|" + entityId + ", cannot be read: " + reason);
        return new Recorded<>(entityId, sequence, family.cast(event), at, correlation);
    }
}
