package io.guildhall.projections.view.room;

import io.guildhall.domain.abusereport.MessageHistory;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessageDeleted;
import io.guildhall.domain.room.RoomEvent.MessageEdited;
import io.guildhall.domain.room.RoomEvent.MessageEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.EntityJournal;
import io.guildhall.projections.view.RoomEvents;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Reads messages from their view and, for the events that it has not read yet, from the journal. */
public final class RoomJournal implements RoomEvents.Query {
    private static final int PAGE_SIZE = 1_000;
    /** Beyond this lag of the view, reading fails: it is an outage. */
    private static final int MAX_PENDING = 10_000;

    private static final int MAX_VERSIONS = 20;

    private final EntityJournal journal;

    public RoomJournal(EntityJournal journal) {
        this.journal = journal;
    }

    @Override
    public RoomEvents read(Connection connection, String roomId, long after, int limit) throws SQLException {
        var events = journal.read(connection, Room.AGGREGATE, roomId, after, limit);
        var fold = new MessageFold(List.of());
        events.forEach(fold::apply);
        var messages = byNumber(fold);
        var unknown = new HashSet<Long>();
        boolean includesLast = events.size() < limit;
        for (var it : events)
            if (it.event() instanceof MessageEvent e && !(includesLast && messages.containsKey(e.number())))
                unknown.add(e.number());
        messages.putAll(find(connection, roomId, unknown));
        return new RoomEvents(events, messages);
    }

    /**
     * Returns the messages from one number to another in their state after the last event of their room, oldest first.
     *
     * @throws SQLTransientException if one of them cannot be read yet
     */
    public List<MessageRow> range(Connection connection, String roomId, long first, long last) throws SQLException {
        var numbers = LongStream.rangeClosed(first, last).boxed().collect(Collectors.toCollection(TreeSet::new));
        var messages = find(connection, roomId, numbers);
        if (messages.size() < numbers.size())
            throw new SQLTransientException("messages " + first + " to " + last + " of " + roomId + " are incomplete");
        return numbers.stream().map(messages::get).map(Objects::requireNonNull).toList();
    }

    private Map<Long, MessageRow> find(Connection connection, String roomId, Set<Long> numbers) throws SQLException {
        if (numbers.isEmpty()) return Map.of();
        // Before the rows: they include at least the events up to here.
        long position = StoredMessages.position(connection, roomId);
        var pending = pending(connection, roomId, position, it -> numbers.contains(it.number()));
        var fold = new MessageFold(StoredMessages.find(connection, roomId, numbers));
        pending.forEach(fold::apply);
        return byNumber(fold);
    }

    Optional<MessageRow> find(Connection connection, String roomId, String messageId) throws SQLException {
        long position = StoredMessages.position(connection, roomId);
        var pending = pending(connection, roomId, position, it -> it.messageId().equals(messageId));
        var fold = new MessageFold(
                StoredMessages.find(connection, roomId, messageId).stream().toList());
        pending.forEach(fold::apply);
        return fold.messages().stream().findFirst();
    }

    /** A message in which the view has not found the file can still be known from its pending event. */
    Optional<MessageRow> findWithFile(Connection connection, String roomId, String fileId) throws SQLException {
        long position = StoredMessages.position(connection, roomId);
        var stored = StoredMessages.findWithFile(connection, roomId, fileId);
        var numbers = stored.stream().map(MessageRow::number).collect(Collectors.toCollection(HashSet::new));
        var pending = pending(connection, roomId, position, it -> {
            if (it instanceof MessagePosted e && hasFile(e, fileId)) numbers.add(e.number());
            return numbers.contains(it.number());
        });
        var fold = new MessageFold(stored);
        pending.forEach(fold::apply);
        return fold.messages().stream()
                .filter(it -> it.attachment(fileId).isPresent())
                .findFirst();
    }

    private static boolean hasFile(MessagePosted event, String fileId) {
        return event.attachments().orElse(List.of()).stream()
                .anyMatch(it -> it.fileId().equals(fileId));
    }

    /** The sequence number of a message's event is higher than its number. */
    MessageHistory history(Connection connection, String roomId, String messageId, long number) throws SQLException {
        var texts = new ArrayList<MessageHistory.Version>();
        var deletedAt = Optional.<Instant>empty();
        for (var it : journal.readContaining(connection, Room.AGGREGATE, roomId, number, messageId, MAX_PENDING)) {
            if (!(it.event() instanceof MessageEvent e && e.messageId().equals(messageId))) continue;
            if (e instanceof MessagePosted posted) texts.add(new MessageHistory.Version(posted.text(), posted.at()));
            if (e instanceof MessageEdited edited) texts.add(new MessageHistory.Version(edited.text(), edited.at()));
            if (e instanceof MessageDeleted deleted) deletedAt = Optional.of(deleted.at());
            // The first one and the newest ones are kept.
            if (texts.size() > MAX_VERSIONS) texts.remove(1);
        }
        return new MessageHistory(texts, deletedAt);
    }

    private static Map<Long, MessageRow> byNumber(MessageFold fold) {
        var messages = new HashMap<Long, MessageRow>();
        for (var it : fold.messages()) messages.put(it.number(), it);
        return messages;
    }

    /** The events after a position that concern some messages. */
    private List<Recorded<RoomEvent>> pending(
            Connection connection, String roomId, long position, Predicate<MessageEvent> concerns) throws SQLException {
        var pending = new ArrayList<Recorded<RoomEvent>>();
        for (long after = position; after < position + MAX_PENDING; after += PAGE_SIZE) {
            var page = journal.read(connection, Room.AGGREGATE, roomId, after, PAGE_SIZE);
            for (var it : page) if (it.event() instanceof MessageEvent e && concerns.test(e)) pending.add(it);
            if (page.size() < PAGE_SIZE) return pending;
        }
        throw new SQLTransientException("The messages of " + roomId + " are more than " + MAX_PENDING
                + " events behind the journal; they can be read when the view has read these events");
    }
}
