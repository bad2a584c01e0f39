package io.guildhall.projections.view.messages;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What was said in every room. */
public final class MessagesView implements View {
    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Room.AGGREGATE, MessagesView::apply));
    }

    private static void apply(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case RoomEvent.Opened _ -> {
                // Nothing is said yet.
            }
            case RoomEvent.Said e ->
                Sql.update(connection, """
                        INSERT INTO message (room_id, number, id, by_id, text, at) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (room_id, number) DO NOTHING
                        """, recorded.entityId(), e.number(), e.messageId(), e.by(), e.text(), e.at());
        }
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE message");
    }
}
