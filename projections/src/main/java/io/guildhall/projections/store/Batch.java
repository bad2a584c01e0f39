package io.guildhall.projections.store;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Events that a reader handles together, in their order. */
final class Batch {
    private final Checkpoint checkpoint;
    private final Position end;
    private final Instant readAt = Instant.now();
    private final CompletableFuture<Void> handled = new CompletableFuture<>();
    private List<Envelope> events;

    /**
     * @param checkpoint of the reader; its positions are before the events
     * @param horizon before which the events were written
     */
    Batch(Checkpoint checkpoint, long horizon, List<Envelope> events) {
        this.checkpoint = checkpoint;
        this.end =
                events.isEmpty() ? new Position(horizon, 0) : events.getLast().position();
        this.events = events;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The position of the last event, or the horizon if the batch is empty. */
    Position end() {
        return end;
    }

    Instant readAt() {
        return readAt;
    }

    /** To be completed when the events were handled. The reader waits for it before it reads on. */
    CompletableFuture<Void> handled() {
        return handled;
    }

    /** Returns the events, once: Pekko Projection keeps batches until it saves an offset, and events take much memory. */
    List<Envelope> take() {
        var taken = events;
        events = List.of();
        return taken;
    }
}
