package io.guildhall.domain.room;

import io.guildhall.domain.room.RoomEvent.MessageChange;
import io.guildhall.domain.room.RoomEvent.MessageEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.domain.room.RoomEvent.SystemMessagePosted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a room remembers of its messages. Its size does not depend on their number.
 *
 * @param count number of messages
 * @param recentMessageIds ids of the last {@value #MAX_RECENT} messages, oldest first; they identify a message that is
 *     sent again
 * @param recentChangeIds ids of the last {@value #MAX_RECENT} changes of messages, oldest first; they identify a change
 *     that is sent again
 * @param contractSequence the sequence number of the last contract event that was reported; 0 if none was
 */
public record MessageLog(
        long count, List<String> recentMessageIds, List<String> recentChangeIds, long contractSequence) {
    private static final int MAX_RECENT = 32;
    public static final MessageLog EMPTY = new MessageLog(0, List.of(), List.of(), 0);

    boolean contains(long number) {
        return number >= 1 && number <= count;
    }

    /** The number of a message that is one of the last {@value #MAX_RECENT}; else empty. */
    public Optional<Long> numberOf(String messageId) {
        int index = recentMessageIds.indexOf(messageId);
        return index < 0 ? Optional.empty() : Optional.of(count - (recentMessageIds.size() - 1 - index));
    }

    MessageLog with(MessageEvent event) {
        return switch (event) {
            case MessagePosted e ->
                new MessageLog(e.number(), append(recentMessageIds, e.messageId()), recentChangeIds, contractSequence);
            case SystemMessagePosted e ->
                new MessageLog(
                        e.number(), append(recentMessageIds, e.messageId()), recentChangeIds, e.contractSequence());
            case MessageChange e ->
                new MessageLog(count, recentMessageIds, append(recentChangeIds, e.changeId()), contractSequence);
        };
    }

    private static List<String> append(List<String> ids, String id) {
        var recent = new ArrayList<>(ids.subList(Math.max(0, ids.size() + 1 - MAX_RECENT), ids.size()));
        recent.add(id);
        return List.copyOf(recent);
    }
}
