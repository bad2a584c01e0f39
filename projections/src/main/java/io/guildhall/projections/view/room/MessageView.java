package io.guildhall.projections.view.room;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the messages of all rooms. */
public final class MessageView implements View {
    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(MessageColumns.TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Room.AGGREGATE, new BatchApplier()));
    }

    /** The members of the rooms have new messages to read. */
    @Override
    public List<LiveSignal> signals(Connection connection, String kind, List<Recorded<?>> events) throws SQLException {
        var rooms = events.stream()
                .filter(it -> it.event() instanceof RoomEvent.MessagePosted)
                .<String>map(Recorded::entityId)
                .collect(Collectors.toSet());
        if (rooms.isEmpty()) return List.of();
        return RoomMemberView.members(connection, rooms).stream()
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
            MessageColumns.TABLE.insertAll(
                    connection, recorded.stream().flatMap(BatchApplier::row).toList());
        }

        private static Stream<MessageRow> row(Recorded<RoomEvent> recorded) {
            return switch (recorded.event()) {
                case RoomEvent.ConversationOpened _,
                        RoomEvent.BlockEvent _,
                        RoomEvent.Opened _,
                        RoomEvent.MadeReadOnly _,
                        RoomEvent.MemberRemoved _,
                        RoomEvent.MemberRestored _ -> Stream.empty();
                case RoomEvent.MessagePosted e ->
                    Stream.of(new MessageRow(e.messageId(), recorded.entityId(), e.number(), e.by(), e.text(), e.at()));
            };
        }
    }
}
