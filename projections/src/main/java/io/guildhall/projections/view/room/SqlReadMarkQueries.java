package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.room.Counters;
import io.guildhall.projections.readmodel.room.ReadMarkQueries;
import io.guildhall.projections.readmodel.room.ReadMarkRow;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

public final class SqlReadMarkQueries implements ReadMarkQueries {
    /** The newest messages of a room. However many a member sends and deletes, a count reads no more. */
    static final int MAX_COMPARED = 1_000;

    /** The unread messages of a listed room {@code l}: the other member has written them after the read mark {@code k}. */
    static final String UNREAD = """
            (SELECT count(*) AS unread
                     FROM (SELECT FROM (SELECT by_id, report_kind, deleted_at FROM message
                                         WHERE room_id = l.room_id AND number > coalesce(k.number, 0)
                                         ORDER BY number DESC LIMIT %d) AS u
                            WHERE u.by_id IS DISTINCT FROM l.account_id AND u.report_kind IS NULL AND u.deleted_at IS NULL
                            LIMIT %d) AS capped) AS counted""".formatted(MAX_COMPARED, Counters.MAX_OF_ROOM);

    static final String COUNTERS = """
            SELECT a.id AS account_id, coalesce(sum(unread), 0) AS messages, count(*) FILTER (WHERE unread > 0) AS rooms,
                   (SELECT count(*) FROM (SELECT FROM notification_entry e WHERE e.account_id = a.id AND e.read_at IS NULL
                                           LIMIT %d) AS unread_entry) AS notifications
              FROM unnest(?::text[]) AS a (id)
              LEFT JOIN LATERAL (
                   SELECT m.room_id, m.account_id
                     FROM room_list m
                    WHERE m.account_id = a.id AND NOT m.is_removed
                    ORDER BY m.active_at DESC, m.room_id DESC
                    LIMIT %d) AS l ON TRUE
              LEFT JOIN read_mark k ON k.room_id = l.room_id AND k.account_id = l.account_id
             CROSS JOIN LATERAL %s
             GROUP BY a.id
            """.formatted(Counters.MAX_NOTIFICATIONS, Counters.MAX_ROOMS, UNREAD);

    private final ReadDatabase database;

    public SqlReadMarkQueries(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<ReadMarkRow>> ofRoom(String roomId) {
        return database.query(connection -> Sql.list(
                connection,
                "SELECT account_id, number, at FROM read_mark WHERE room_id = ? ORDER BY account_id",
                row -> new ReadMarkRow(
                        row.getString("account_id"),
                        row.getLong("number"),
                        Sql.instant(row, "at").orElseThrow()),
                roomId));
    }

    @Override
    public CompletionStage<Map<String, Counters>> counters(Set<String> accountIds) {
        return database.query(connection -> {
            var counters = new HashMap<String, Counters>();
            Sql.list(
                    connection,
                    COUNTERS,
                    row -> counters.put(
                            row.getString("account_id"),
                            new Counters(row.getLong("messages"), row.getLong("rooms"), row.getLong("notifications"))),
                    Sql.texts(List.copyOf(accountIds)));
            return counters;
        });
    }
}
