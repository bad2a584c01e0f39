package io.guildhall.projections;

import java.util.List;

/**
 * Sends events to another system. Each event is sent at least once, those of an entity in their order and one after the
 * other; those of different entities concurrently. A reaction completes when the other system has acknowledged the event.
 */
public interface Relay {
    /** The name under which its position in the journal is stored. Never changed. */
    String name();

    /** Where it starts when it runs for the first time. Later, it continues at its position. */
    Start start();

    /** The aggregates that it follows, each with how it sends their events. */
    List<Process.Subscription<?>> follows();
}
