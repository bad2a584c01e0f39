package io.guildhall.projections.store;

import io.guildhall.projections.store.ReadDatabase.Work;
import java.sql.SQLException;
import java.util.List;

/** What a follower does about events: a view writes rows, a process sends commands. */
interface EventHandler {
    /** Records which events were handled. */
    @FunctionalInterface
    interface Progress {
        /** Does the work and records that these events were handled, in one transaction. */
        void moveAfter(List<Envelope> events, Work work) throws SQLException;
    }

    /**
     * Handles events in their order and records it. If it fails, it may have handled the first of them and has recorded
     * which.
     */
    void handle(List<Envelope> events, Progress progress) throws Exception;
}
