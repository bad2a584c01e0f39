package io.guildhall.domain.room;

import io.guildhall.domain.room.RoomEvent.MessageChange;
import io.guildhall.domain.room.RoomEvent.MessageEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.domain.room.RoomEvent.SystemMessagePosted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a room remembers of its messages. Its size does not depend on their number.
 *
 * @param count number of messages
 * @param recentMessages the last {@value #MAX_RECENT} messages, oldest first; their ids identify a message that is sent
 *     again
 * @param recentChangeIds ids of the last {@value #MAX_RECENT} changes of messages, oldest first; they identify a change
 *     that is sent again
 * @param contractSequence the sequence number of the last contract event that was reported; 0 if none was
 */
public record MessageLog(
        long count, List<RecentMessage> recentMessages, List<String> recentChangeIds, long contractSequence) {
    private static final int MAX_RECENT = 32;
    public static final MessageLog EMPTY = new MessageLog(0, List.of(), List.of(), 0);

    boolean contains(long number) {
        return number >= 1 && number <= count;
    }

    /** One of the last messages. */
    public record RecentMessage(String id, Instant at) {}

    /** Where and when a message was posted. */
    public record Posting(long number, Instant at) {}

    /** Of a message that is one of the last {@value #MAX_RECENT}; else empty. */
    public Optional<Posting> findPosting(String messageId) {
        for (int i = 0; i < recentMessages.size(); i++) {
            var it = recentMessages.get(i);
            if (it.id().equals(messageId))
                return Optional.of(new Posting(count - (recentMessages.size() - 1 - i), it.at()));
        }
        return Optional.empty();
    }

    boolean hasRecent(String messageId) {
        return findPosting(messageId).isPresent();
    }

    MessageLog with(MessageEvent event) {
        return switch (event) {
            case MessagePosted e ->
                new MessageLog(
                        e.number(),
                        append(recentMessages, new RecentMessage(e.messageId(), e.at())),
                        recentChangeIds,
                        contractSequence);
            case SystemMessagePosted e ->
                new MessageLog(
                        e.number(),
                        append(recentMessages, new RecentMessage(e.messageId(), e.at())),
                        recentChangeIds,
                        e.contractSequence());
            case MessageChange e ->
                new MessageLog(count, recentMessages, append(recentChangeIds, e.changeId()), contractSequence);
        };
    }

    private static <T> List<T> append(List<T> items, T item) {
        var recent = new ArrayList<>(items.subList(Math.max(0, items.size() + 1 - MAX_RECENT), items.size()));
        recent.add(item);
        return List.copyOf(recent);
    }
}
