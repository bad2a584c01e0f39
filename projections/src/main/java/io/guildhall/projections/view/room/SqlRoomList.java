package io.guildhall.projections.view.room;

import io.guildhall.domain.room.RoomKind;
import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.RoomList;
import io.guildhall.projections.readmodel.room.RoomListing;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lists rooms in the order that they had when the first page was read. The changes of the list, which the account's
 * channel {@code me} announces, are numbered in the order of their commits. A cursor has the number of the last change
 * before the first page. The rooms that changed after it are listed where they were before.
 */
public final class SqlRoomList implements RoomList {
    private static final long FIRST_PAGE = -1;

    /** A room of a page. */
    private record Listed(long since, Instant place, RoomListing room) {}

    private static final Keyset<Listed> KEYSET = new Keyset<>(
            "rooms",
            List.of(FIRST_PAGE, Instant.MAX, ""),
            it -> List.of(it.since(), it.place(), it.room().roomId()));

    /** Rooms {@code l} of {@code page}, with {@code last_message} as {@code m}. */
    private static final String ROOMS = """
            SELECT page.*, l.kind AS room_kind, l.contract_id AS room_contract_id, l.title AS room_title, l.active_at AS room_active_at,
                   l.other_id, counted.unread,
                   m.*
              FROM page
              JOIN room_list l ON l.room_id = page.listed_id AND l.account_id = page.reader_id
              LEFT JOIN LATERAL (
                   SELECT * FROM message WHERE room_id = l.room_id ORDER BY number DESC LIMIT 1) AS m ON TRUE
              LEFT JOIN read_mark k ON k.room_id = l.room_id AND k.account_id = l.account_id
             CROSS JOIN LATERAL %s
            """.formatted(SqlReadMarkQueries.UNREAD);

    static final String PAGE = """
            WITH since AS (
                SELECT CASE WHEN given >= 0 THEN given
                            ELSE coalesce((SELECT last_number FROM live_account WHERE account_id = reader_id), 0) END AS number,
                       reader_id, after_time, after_id
                  FROM (VALUES (?::bigint, ?::text COLLATE "C", ?::timestamptz, ?::text COLLATE "C"))
                    AS v (given, reader_id, after_time, after_id)),
            moved AS (
                SELECT e.entity_id COLLATE "C" AS room_id, min(e.item::bigint) - 1 AS last_number
                  FROM since JOIN live_entry e ON e.account_id = since.reader_id AND e.number > since.number
                 WHERE e.list = 'ROOMS' AND e.item <> ''
                 GROUP BY e.entity_id),
            placed AS (
                (SELECT l.room_id, l.active_at AS place
                   FROM room_list l
                  WHERE l.account_id = ? AND NOT l.is_removed AND (l.active_at, l.room_id) < (?, ?)
                    AND l.room_id NOT IN (SELECT room_id FROM moved)
                  ORDER BY l.active_at DESC, l.room_id DESC LIMIT ?)
                UNION ALL
                SELECT l.room_id, coalesce(m.at, l.opened_at)
                  FROM since CROSS JOIN moved
                  JOIN room_list l ON l.room_id = moved.room_id AND l.account_id = since.reader_id AND NOT l.is_removed
                  LEFT JOIN LATERAL (
                       SELECT at FROM message WHERE room_id = moved.room_id AND number <= moved.last_number
                        ORDER BY number DESC LIMIT 1) AS m ON TRUE
                 WHERE moved.last_number >= 0
                   AND (coalesce(m.at, l.opened_at), l.room_id) < (since.after_time, since.after_id)),
            page AS (
                SELECT since.number AS since_number, since.reader_id, placed.room_id AS listed_id, placed.place
                  FROM since CROSS JOIN placed ORDER BY placed.place DESC, placed.room_id DESC LIMIT ?)
            """ + ROOMS + " ORDER BY page.place DESC, page.listed_id DESC";

    static final String SOME = """
            WITH page AS (
                SELECT 0::bigint AS since_number, account_id AS reader_id, room_id AS listed_id, active_at AS place
                  FROM room_list WHERE account_id = ? AND NOT is_removed AND room_id = ANY(?))
            """ + ROOMS;

    private final ReadDatabase database;

    public SqlRoomList(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<RoomListing>> ofAccount(String accountId, Page.Request page) {
        return database.query(
                connection -> KEYSET.page(page, (after, limit) -> page(connection, accountId, after, limit))
                        .map(Listed::room));
    }

    private static List<Listed> page(Connection connection, String accountId, List<?> after, int limit)
            throws SQLException {
        var since = after.getFirst();
        if (!since.equals(FIRST_PAGE)) requireComplete(connection, accountId, since);
        return Sql.list(connection, PAGE, SqlRoomList::read, parameters(accountId, after, limit));
    }

    /** Of {@link #PAGE}. */
    static Object[] parameters(String accountId, List<?> after, int limit) {
        var since = after.get(0);
        var time = after.get(1);
        var id = after.get(2);
        return new Object[] {since, accountId, time, id, accountId, time, id, limit, limit};
    }

    /** The changes after the first page must all be kept: the oldest are deleted. */
    private static void requireComplete(Connection connection, String accountId, Object since) throws SQLException {
        boolean isComplete = Sql.list(
                        connection, """
                        SELECT last_number = ?::bigint
                            OR EXISTS (SELECT FROM live_entry WHERE account_id = ? AND number = ?::bigint + 1) AS is_complete
                          FROM (SELECT coalesce((SELECT last_number FROM live_account WHERE account_id = ?), 0) AS last_number) AS a
                        """, row -> row.getBoolean("is_complete"), since, accountId, since, accountId)
                .getFirst();
        if (!isComplete) throw new InvalidCursorException();
    }

    /** Returns those of these rooms that the account can read, by id. */
    public static Map<String, RoomListing> find(Connection connection, String accountId, List<String> roomIds)
            throws SQLException {
        if (roomIds.isEmpty()) return Map.of();
        return Sql.list(connection, SOME, SqlRoomList::read, accountId, Sql.texts(roomIds)).stream()
                .map(Listed::room)
                .collect(Collectors.toMap(RoomListing::roomId, Function.identity()));
    }

    private static Listed read(ResultSet row) throws SQLException {
        var room = new RoomListing(
                row.getString("listed_id"),
                RoomKind.valueOf(row.getString("room_kind")),
                Sql.text(row, "room_contract_id"),
                Sql.text(row, "room_title"),
                row.getString("other_id"),
                Sql.text(row, "id").isPresent() ? Optional.of(MessageColumns.ROW.read(row)) : Optional.empty(),
                row.getLong("unread"),
                Sql.instant(row, "room_active_at").orElseThrow());
        return new Listed(row.getLong("since_number"), Sql.instant(row, "place").orElseThrow(), room);
    }
}
