package io.guildhall.projections.view.room;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.room.RoomKind;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import java.time.Instant;
import java.util.Optional;

/** The table {@code room_list}. */
final class RoomListColumns {
    /** @param version the sequence number of the last event that the row includes */
    record ListedRoom(
            String roomId,
            String accountId,
            String otherId,
            RoomKind kind,
            Optional<String> contractId,
            Optional<String> title,
            Instant openedAt,
            Instant activeAt,
            boolean isRemoved,
            long version) {}

    static final RecordColumns<ListedRoom> ROW = RecordColumns.of(
            ListedRoom.class,
            column("room_id", TEXT, ListedRoom::roomId),
            column("account_id", TEXT, ListedRoom::accountId),
            column("other_id", TEXT, ListedRoom::otherId),
            column("kind", enumOf(RoomKind.class), ListedRoom::kind),
            optional("contract_id", TEXT, ListedRoom::contractId),
            optional("title", TEXT, ListedRoom::title),
            column("opened_at", TIMESTAMP, ListedRoom::openedAt),
            column("active_at", TIMESTAMP, ListedRoom::activeAt),
            column("is_removed", BOOLEAN, ListedRoom::isRemoved),
            column("version", BIGINT, ListedRoom::version));

    static final Table<ListedRoom> TABLE = new Table<>("room_list", ROW, "room_id", "account_id");

    private RoomListColumns() {}
}
