package io.guildhall.projections.store;

import java.time.Instant;
import java.util.Optional;

/**
 * The running or last rebuild of a view.
 *
 * @param eventsTotal the number of events to read, or 0 before they were counted
 * @param startedAt when the current attempt started; empty while it waits for a node
 * @param attempts from 1; more than one if a node that ran the rebuild was stopped or failed
 * @param failure why it has failed, in this attempt or the one before, or what its exchange waits for; empty if neither
 */
public record Rebuild(
        String view,
        Phase phase,
        long eventsDone,
        long eventsTotal,
        Instant requestedAt,
        Optional<Instant> startedAt,
        int attempts,
        Optional<String> failure) {

    /** Stored: constants are not renamed. */
    public enum Phase {
        /** For a node to start it. */
        WAITING,
        /** Events are read into the new tables. */
        REPLAYING,
        /** The new tables are up to date and replace the old ones as soon as no query reads those. */
        SWAPPING,
        /** The new tables serve. What depends on them is being updated. */
        FINISHING,
        DONE,
        FAILED,
        STOPPED;

        public boolean hasEnded() {
            return switch (this) {
                case WAITING, REPLAYING, SWAPPING, FINISHING -> false;
                case DONE, FAILED, STOPPED -> true;
            };
        }
    }
}
