package io.guildhall.projections.readmodel.room;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Read marks and numbers of unread messages. */
public interface RoomReading {
    /** The read marks of those members of a room that have one. */
    CompletionStage<List<ReadMarkRow>> marks(String roomId);

    /** The unread messages of each of the accounts. */
    CompletionStage<Map<String, Unread>> unread(Set<String> accountIds);
}
