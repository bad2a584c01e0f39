package io.guildhall.projections.view.room;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** What was said in every room. */
public final class MessageView implements View {
    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Room.AGGREGATE, new Sayings()));
    }

    /** Of all that happens in Guildhall, talk is the most: it is written many messages at a time. */
    private static final class Sayings implements Applier<RoomEvent> {
        @Override
        public void apply(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
            applyAll(connection, List.of(recorded));
        }

        @Override
        public void applyAll(Connection connection, List<Recorded<RoomEvent>> recorded) throws SQLException {
            Sql.updateEach(
                    connection, """
                    INSERT INTO message (room_id, number, id, by_id, text, at) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (room_id, number) DO NOTHING
                    """, recorded.stream().flatMap(Sayings::row).toList());
        }

        private static Stream<Object[]> row(Recorded<RoomEvent> recorded) {
            return switch (recorded.event()) {
                case RoomEvent.Opened _ -> Stream.empty();
                case RoomEvent.Said e ->
                    Stream.<Object[]>of(
                            new Object[] {recorded.entityId(), e.number(), e.messageId(), e.by(), e.text(), e.at()});
            };
        }
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE message");
    }
}
