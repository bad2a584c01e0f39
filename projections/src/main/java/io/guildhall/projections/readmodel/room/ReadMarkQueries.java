package io.guildhall.projections.readmodel.room;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The read marks of rooms, and the counters of accounts, which depend on them. */
public interface ReadMarkQueries {
    /** The read marks of those members of a room that have one. */
    CompletionStage<List<ReadMarkRow>> ofRoom(String roomId);

    /** The counters of each of the accounts. */
    CompletionStage<Map<String, Counters>> counters(Set<String> accountIds);
}
