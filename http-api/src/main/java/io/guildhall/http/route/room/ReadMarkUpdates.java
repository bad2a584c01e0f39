package io.guildhall.http.route.room;

import io.guildhall.http.endpoint.Problem;
import java.util.concurrent.CompletionStage;

/** Moves read marks, and shows them to the members of the room that are connected. */
@FunctionalInterface
public interface ReadMarkUpdates {
    /**
     * Moves the mark of a member forward; a number before the mark changes nothing.
     *
     * @param number of the last message that the member has read
     * @throws Problem (in the stage) 404 if the account cannot read the room, 422 if the message does not exist
     */
    CompletionStage<Void> markRead(String roomId, String accountId, long number);
}
