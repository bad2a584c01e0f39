package io.guildhall.port;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Marks entries of an account's list of notifications as read. Marking again changes nothing. */
public interface NotificationMarks {
    /**
     * Marks one entry.
     *
     * @param through the newest notification that the account has seen: an entry with a newer one stays unread
     * @return whether the account has this entry
     */
    CompletionStage<Boolean> markRead(String accountId, String entryId, Optional<String> through);

    /**
     * Marks all entries.
     *
     * @param through the newest notification that the account has seen: entries with a newer one stay unread
     */
    CompletionStage<Void> markAllRead(String accountId, Optional<String> through);

    /** Marks the entry about the messages of a room, if the account has read all of them up to a number. */
    CompletionStage<Void> markRoomRead(String accountId, String roomId, long number);
}
