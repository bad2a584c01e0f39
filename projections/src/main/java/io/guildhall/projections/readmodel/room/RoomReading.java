package io.guildhall.projections.readmodel.room;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What the members of rooms have read. */
public interface RoomReading {
    /** The read marks of those members of a room that have one. */
    CompletionStage<List<ReadMarkRow>> marks(String roomId);

    /** Counts for each of the accounts. */
    CompletionStage<Map<String, Unread>> unread(Set<String> accountIds);
}
