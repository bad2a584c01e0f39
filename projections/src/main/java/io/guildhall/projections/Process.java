package io.guildhall.projections;

import io.guildhall.kernel.Aggregate;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What must follow elsewhere from an event here: at least once, in the order of each entity's events. */
public interface Process {
    /** Names its place in the journal: never changed. */
    String name();

    List<On<?>> follows();

    /**
     * Sends commands whose identity follows from the event, so that a repeat finds it done. Every refusal has an answer: another
     * command, or a failure, which is tried again with growing pauses and shows in the metrics.
     */
    @FunctionalInterface
    interface Reaction<E> {
        CompletionStage<?> to(Recorded<E> recorded);
    }

    /** What a process does about one aggregate's events. */
    record On<E>(Aggregate<?, ?, E, ?> aggregate, Reaction<E> reaction) {}

    static <E> On<E> on(Aggregate<?, ?, E, ?> aggregate, Reaction<E> reaction) {
        return new On<>(aggregate, reaction);
    }
}
