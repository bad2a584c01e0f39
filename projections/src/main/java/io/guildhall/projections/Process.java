package io.guildhall.projections;

import io.guildhall.kernel.Aggregate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Turns events of one aggregate into commands to others. Each event is handled at least once, in the order of its
 * entity's events. Every process is listed in {@code Processes.all}.
 */
public interface Process {
    /** The name under which its position in the journal is stored. Never changed. */
    String name();

    /**
     * Where it starts when it runs for the first time, and where it starts to read an aggregate that is added to those it
     * follows.
     */
    Start start();

    /** The aggregates that it follows, each with what it does about their events. */
    List<Subscription<?>> follows();

    /** What it does when a deadline that it has planned is due: a handler for each kind that it plans. */
    default Map<DeadlineKind, DeadlineHandler> deadlines() {
        return Map.of();
    }

    /**
     * Sends commands whose identities are derived from the event, so that a repeated event has no further effect. Each
     * rejection is handled by another command, or fails the stage: then the event is retried with backoff, and the
     * failure shows in the metrics.
     */
    @FunctionalInterface
    interface Reaction<E> {
        CompletionStage<?> to(Recorded<E> recorded);
    }

    /** An aggregate and what a process does about its events. */
    record Subscription<E>(Aggregate<?, ?, E, ?> aggregate, Reaction<E> reaction) {}

    static <E> Subscription<E> on(Aggregate<?, ?, E, ?> aggregate, Reaction<E> reaction) {
        return new Subscription<>(aggregate, reaction);
    }
}
