package io.guildhall.projections.view.room;

import static io.guildhall.projections.View.on;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessageChange;
import io.guildhall.domain.room.RoomEvent.MessageDeleted;
import io.guildhall.domain.room.RoomEvent.MessageEvent;
import io.guildhall.domain.room.RoomEvent.PostEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.room.MessageColumns.RoomPosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Writes the messages of all rooms, the texts that edited messages had before, and how far each room was read. */
public final class MessageView implements View {
    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(MessageColumns.TABLE, MessageColumns.REVISIONS, MessageColumns.POSITIONS);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Room.AGGREGATE, new BatchApplier()));
    }

    /** The members of the rooms have new messages to read, or fewer than before. */
    @Override
    public List<LiveSignal> signals(Connection connection, String kind, List<Recorded<?>> events) throws SQLException {
        var rooms = events.stream()
                .filter(it -> it.event() instanceof PostEvent || it.event() instanceof MessageDeleted)
                .<String>map(Recorded::entityId)
                .collect(toSet());
        if (rooms.isEmpty()) return List.of();
        return RoomListView.members(connection, rooms).stream()
                .map(it -> new LiveSignal(LiveSignal.Kind.COUNTERS, it))
                .toList();
    }

    /** Writes many messages with one batch: no other view has as many events. */
    private static final class BatchApplier implements Applier<RoomEvent> {
        @Override
        public void apply(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
            applyAll(connection, List.of(recorded));
        }

        @Override
        public void applyAll(Connection connection, List<Recorded<RoomEvent>> recorded) throws SQLException {
            var fold = new MessageFold(changed(connection, recorded));
            recorded.forEach(fold::apply);
            MessageColumns.TABLE.insertOrReplaceAll(connection, fold.messages(), "version");
            MessageColumns.REVISIONS.insertAll(connection, fold.revisions());
            removeRevisions(connection, recorded);
            MessageColumns.POSITIONS.insertOrReplaceAll(connection, positions(recorded), "version");
        }

        /** The last events of rooms that are not about messages: a row of a message has its own version. */
        private static Collection<RoomPosition> positions(List<Recorded<RoomEvent>> recorded) {
            var positions = new TreeMap<String, RoomPosition>();
            for (var it : recorded)
                if (!(it.event() instanceof MessageEvent))
                    positions.put(it.entityId(), new RoomPosition(it.entityId(), it.sequence()));
            return positions.values();
        }

        /** The stored messages that these events change. */
        private static List<MessageRow> changed(Connection connection, List<Recorded<RoomEvent>> recorded)
                throws SQLException {
            var numbers = recorded.stream()
                    .filter(it -> it.event() instanceof MessageChange)
                    .map(it -> MessageFold.Key.of(it, (MessageChange) it.event()))
                    .collect(groupingBy(MessageFold.Key::roomId, mapping(MessageFold.Key::number, toSet())));
            var stored = new ArrayList<MessageRow>();
            for (var it : numbers.entrySet())
                stored.addAll(StoredMessages.find(connection, it.getKey(), it.getValue()));
            return stored;
        }

        /** No text of a deleted message is kept. */
        private static void removeRevisions(Connection connection, List<Recorded<RoomEvent>> recorded)
                throws SQLException {
            for (var it : recorded)
                if (it.event() instanceof MessageDeleted deleted)
                    Sql.update(
                            connection,
                            "DELETE FROM message_revision WHERE room_id = ? AND number = ?",
                            it.entityId(),
                            deleted.number());
        }
    }
}
