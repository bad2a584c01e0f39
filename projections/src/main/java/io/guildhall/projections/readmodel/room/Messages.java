package io.guildhall.projections.readmodel.room;

import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The messages of rooms. The caller of each method checks that the reader can read the room. */
public interface Messages {
    /** Lists the messages of a room, newest first. */
    CompletionStage<Page<MessageRow>> ofRoom(String roomId, Page.Request page);

    /** Lists the messages of a room before a number, newest first. */
    CompletionStage<Page<MessageRow>> before(String roomId, long number, Page.Request page);

    /** Lists the messages of a room after a number, oldest first. */
    CompletionStage<Page<MessageRow>> after(String roomId, long number, Page.Request page);

    /**
     * Returns at most {@code limit} messages around a number, newest first: half of them before it, the message itself
     * and those after it. At an end of the room, there are more on the other side.
     */
    CompletionStage<List<MessageRow>> around(String roomId, long number, int limit);

    /**
     * Searches a room for words, and phrases in quotation marks; words after a minus sign must be absent. Newest first.
     * A query without a word finds nothing. A query with too many matches finds those among the newest messages.
     */
    CompletionStage<Page<MessageHit>> searchRoom(String roomId, String query, Page.Request page);

    /** As {@link #searchRoom}, in the rooms that the account can read now. */
    CompletionStage<Page<MessageHit>> searchRoomsOf(String accountId, String query, Page.Request page);

    /** Lists the texts that a message had before it was edited, newest first. A deleted message has none. */
    CompletionStage<Page<MessageRevisionRow>> revisions(String roomId, long number, Page.Request page);
}
