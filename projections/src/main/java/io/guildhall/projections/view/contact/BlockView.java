package io.guildhall.projections.view.contact;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Writes which accounts block which. */
public final class BlockView implements View {
    /** @param version the sequence number of the last event that the row includes */
    private record Block(String blockerId, String blockedId, boolean isActive, Instant blockedAt, long version) {}

    private static final Table<Block> TABLE = new Table<>(
            "account_block",
            RecordColumns.of(
                    Block.class,
                    column("blocker_id", TEXT, Block::blockerId),
                    column("blocked_id", TEXT, Block::blockedId),
                    column("is_active", BOOLEAN, Block::isActive),
                    column("blocked_at", TIMESTAMP, Block::blockedAt),
                    column("version", BIGINT, Block::version)),
            "blocker_id",
            "blocked_id");

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Room.AGGREGATE, BlockView::apply));
    }

    private static void apply(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case RoomEvent.Blocked e -> {
                boolean isNew =
                        TABLE.insert(connection, new Block(e.by(), e.otherId(), true, e.at(), recorded.sequence()));
                if (!isNew) change(connection, recorded, e, "is_active = TRUE, blocked_at = ?", e.at());
            }
            case RoomEvent.Unblocked e -> change(connection, recorded, e, "is_active = FALSE");
            case RoomEvent.Opened _,
                    RoomEvent.ConversationOpened _,
                    RoomEvent.MessageEvent _,
                    RoomEvent.MadeReadOnly _,
                    RoomEvent.InvitePermitted _,
                    RoomEvent.MemberEvent _ -> {}
        }
    }

    /** @param assignments constant SQL */
    private static void change(
            Connection connection,
            Recorded<RoomEvent> recorded,
            RoomEvent.PairEvent event,
            String assignments,
            Object... values)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE account_block SET " + assignments
                        + ", version = ? WHERE blocker_id = ? AND blocked_id = ? AND version < ?",
                Sql.join(values, recorded.sequence(), event.by(), event.otherId(), recorded.sequence()));
    }

    /** The two accounts do not see each other's presence while one of them blocks the other. */
    @Override
    public List<LiveSignal> signals(Connection connection, String kind, List<Recorded<?>> events) {
        return events.stream()
                .flatMap(it ->
                        it.event() instanceof RoomEvent.PairEvent pair && !(pair instanceof RoomEvent.InvitePermitted)
                                ? Stream.of(pair.by(), pair.otherId())
                                : Stream.empty())
                .distinct()
                .map(it -> new LiveSignal(LiveSignal.Kind.BLOCKS, it))
                .toList();
    }
}
