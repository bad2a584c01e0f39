package io.guildhall.projections.store;

import java.time.Instant;

/**
 * An entity that a follower has parked: the first of its events that was not handled has failed, and the follower passes
 * over the later ones.
 *
 * @param kind the name of the aggregate
 * @param first the sequence number of the event that failed
 * @param last the sequence number of the last event that the follower has passed over
 * @param reason the failure of the last try
 * @param tries how often the event was tried
 * @param retryRequested whether the follower is about to try again
 */
public record ParkedEntity(
        String follower,
        String kind,
        String entityId,
        long first,
        long last,
        Cause cause,
        String reason,
        int tries,
        Instant parkedAt,
        boolean retryRequested) {

    /** Why the event was not handled. Stored: constants are not renamed. */
    public enum Cause {
        /** It needs another version of the program: it cannot be read, or an entity of another version refuses what follows. */
        UNREADABLE,
        /** Each try failed. */
        FAILED,
        /** Each try had no outcome, while events of other entities had one. */
        TIMED_OUT
    }

    /** An event that an operator has dropped. */
    public record Dropped(
            String follower,
            String kind,
            String entityId,
            long sequence,
            String failure,
            int tries,
            String reason,
            Instant at) {}

    /** Identifies an entity among those that a follower follows. */
    record Key(String kind, String entityId) {
        static Key of(Envelope event) {
            return new Key(event.kind(), event.entityId());
        }
    }

    /** The same after its first event was handled. */
    ParkedEntity afterFirst() {
        return new ParkedEntity(
                follower, kind, entityId, first + 1, last, cause, reason, tries, parkedAt, retryRequested);
    }

    ParkedEntity withoutRequest() {
        return new ParkedEntity(follower, kind, entityId, first, last, cause, reason, tries, parkedAt, false);
    }

    ParkedEntity upTo(long sequence) {
        return new ParkedEntity(
                follower,
                kind,
                entityId,
                first,
                Math.max(last, sequence),
                cause,
                reason,
                tries,
                parkedAt,
                retryRequested);
    }

    Key key() {
        return new Key(kind, entityId);
    }
}
