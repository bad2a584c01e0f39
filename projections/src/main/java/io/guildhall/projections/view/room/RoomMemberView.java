package io.guildhall.projections.view.room;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Writes the members of all rooms. */
public final class RoomMemberView implements View {
    /** @param version the sequence number of the last event that the row includes */
    private record MemberRow(String roomId, String accountId, boolean isRemoved, long version) {}

    private static final Table<MemberRow> TABLE = new Table<>(
            "room_member",
            RecordColumns.of(
                    MemberRow.class,
                    column("room_id", TEXT, MemberRow::roomId),
                    column("account_id", TEXT, MemberRow::accountId),
                    column("is_removed", BOOLEAN, MemberRow::isRemoved),
                    column("version", BIGINT, MemberRow::version)),
            "room_id",
            "account_id");

    @Override
    public String name() {
        return "room-members";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Room.AGGREGATE, RoomMemberView::apply));
    }

    private static void apply(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case Opened e -> add(connection, recorded, e.clientId(), e.freelancerId());
            case ConversationOpened e -> add(connection, recorded, e.by(), e.otherId());
            case MemberRemoved e -> setRemoved(connection, recorded, e.accountId(), true);
            case MemberRestored e -> setRemoved(connection, recorded, e.accountId(), false);
            case MessageEvent _, MadeReadOnly _, BlockEvent _ -> {}
        }
    }

    private static void add(Connection connection, Recorded<RoomEvent> recorded, String... accountIds)
            throws SQLException {
        for (var it : accountIds)
            TABLE.insert(connection, new MemberRow(recorded.entityId(), it, false, recorded.sequence()));
    }

    private static void setRemoved(
            Connection connection, Recorded<RoomEvent> recorded, String accountId, boolean isRemoved)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE room_member SET is_removed = ?, version = ? WHERE room_id = ? AND account_id = ? AND version < ?",
                isRemoved,
                recorded.sequence(),
                recorded.entityId(),
                accountId,
                recorded.sequence());
    }

    /** The members of some rooms that can read them. */
    static List<String> members(Connection connection, Collection<String> roomIds) throws SQLException {
        return Sql.list(
                connection,
                "SELECT DISTINCT account_id FROM room_member WHERE room_id = ANY(?) AND NOT is_removed",
                row -> row.getString("account_id"),
                Sql.texts(List.copyOf(roomIds)));
    }
}
