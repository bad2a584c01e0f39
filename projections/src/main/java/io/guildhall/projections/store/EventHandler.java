package io.guildhall.projections.store;

import java.util.List;

/** What a follower does about events: a view writes rows, a process sends commands. */
interface EventHandler {
    /**
     * Handles events in their order and moves the checkpoint after them. If it fails, it may have handled the first of
     * them; the checkpoint says which.
     */
    void handle(List<Envelope> events, Checkpoint checkpoint) throws Exception;
}
