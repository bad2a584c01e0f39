package io.guildhall.projections.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tries of the event at which a reader fails, and says when it has been tried often enough. Used by one thread at a time.
 */
final class Tries {
    /**
     * When a reader stops trying an event that fails.
     *
     * @param max the number of tries of an event that fails
     * @param outage how long an event is tried at least that has no outcome, since that of others may follow: longer
     *     than entities need to move to another node
     * @param retry how often a parked entity is tried again that waits for another version
     * @param minPause before the second try
     * @param maxPause between tries: short, because the pause keeps growing while a reader parks one entity after the
     *     other
     */
    record Limits(int max, Duration outage, Duration retry, Duration minPause, Duration maxPause) {
        static final Limits STANDARD = new Limits(5, Duration.ofMinutes(3), Duration.ofMinutes(1));

        /** With the standard pauses. */
        Limits(int max, Duration outage, Duration retry) {
            this(max, outage, retry, Duration.ofMillis(200), Duration.ofSeconds(1));
        }
    }

    private final Limits limits;
    private @Nullable Position event;
    private int count;
    private long firstAt;

    Tries(Limits limits) {
        this.limits = limits;
    }

    /** Counts a failed try. Another event starts at one. */
    void add(Envelope failed) {
        if (!failed.position().equals(event)) {
            event = failed.position();
            count = 0;
            firstAt = System.nanoTime();
        }
        count++;
    }

    int count() {
        return count;
    }

    boolean areEnough() {
        return count >= limits.max();
    }

    boolean areEnoughForOutage() {
        return areEnough() && System.nanoTime() - firstAt >= limits.outage().toNanos();
    }
}
