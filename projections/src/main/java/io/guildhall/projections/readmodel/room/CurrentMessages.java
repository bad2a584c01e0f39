package io.guildhall.projections.readmodel.room;

import io.guildhall.domain.abusereport.MessageHistory;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Messages in their state after the last event of their room, also if the view has not read this event yet: a member
 * who has changed a message reads the change.
 */
public interface CurrentMessages {
    /** Empty if the room has no such message. The caller checks that the reader is a member of the room. */
    CompletionStage<Optional<MessageRow>> find(String roomId, String messageId);

    /**
     * Finds a message of the room that has a file. Empty if there is none, or all that had it were deleted. The caller
     * checks that the reader is a member of the room.
     */
    CompletionStage<Optional<MessageRow>> findWithFile(String roomId, String fileId);

    /**
     * Everything that a message has said, also if it was deleted: for reports to admins only. Reads all later events of the
     * room.
     */
    CompletionStage<MessageHistory> history(String roomId, String messageId, long number);
}
