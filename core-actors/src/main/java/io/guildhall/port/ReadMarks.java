package io.guildhall.port;

import java.util.concurrent.CompletionStage;

/** The read mark of each member of a room. Read marks are stored, but are not events: they are not in the journal. */
public interface ReadMarks {
    /**
     * Moves a read mark forward. It never moves back, whatever the order in which calls arrive.
     *
     * @param number of the last message that the member has read, from 1; the caller checks that it exists
     * @return whether the mark has moved
     */
    CompletionStage<Boolean> move(String roomId, String accountId, long number);
}
