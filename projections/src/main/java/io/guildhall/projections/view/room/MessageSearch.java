package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.MessageHit;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Unread;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.PagedQuery.Order;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Full-text search in messages. The id of its room is a lexeme of each message, so that the index finds the messages of
 * some rooms only.
 */
final class MessageSearch {
    /** Private characters around each match, which the index and the excerpt treat like white space. */
    static final char MATCH_START = '\uE000';

    static final char MATCH_END = '\uE001';

    private static final PagedQuery<MessageHit> NEWEST_FIRST = new PagedQuery<>(
            new Keyset<>(
                    "found-messages",
                    List.of(Instant.MAX, "", Long.MAX_VALUE),
                    it -> List.of(
                            it.message().at(),
                            it.message().roomId(),
                            it.message().number())),
            Order.DESCENDING,
            List.of("m.at", "m.room_id", "m.number"),
            MessageSearch::read);

    /** Without a word in the query, nothing is found. */
    static final String SELECT = """
            SELECT m.*, ts_headline('simple', translate(m.text, '<>\uE000\uE001', '    '), q.words,
                                    'HighlightAll=true, StartSel=\uE000, StopSel=\uE001') AS highlighted
              FROM (SELECT websearch_to_tsquery('simple', ?) AS words) AS q, message m
             WHERE numnode(q.words) > 0 AND m.words @@ (q.words && ?::tsquery)
            """;

    private static final String ROOMS_OF = """
            SELECT room_id FROM room_member WHERE account_id = ? AND NOT is_removed ORDER BY room_id DESC LIMIT ?
            """;

    private MessageSearch() {}

    static Page<MessageHit> inRoom(Connection connection, String roomId, String query, Page.Request page)
            throws SQLException {
        return NEWEST_FIRST.page(connection, page, SELECT, query, anyOf(List.of(roomId)));
    }

    static Page<MessageHit> inRoomsOf(Connection connection, String accountId, String query, Page.Request page)
            throws SQLException {
        var rooms = Sql.list(connection, ROOMS_OF, row -> row.getString("room_id"), accountId, Unread.MAX_ROOMS);
        if (rooms.isEmpty()) return new Page<>(List.of(), Optional.empty());
        return NEWEST_FIRST.page(connection, page, SELECT, query, anyOf(rooms));
    }

    static Object anyOf(List<String> roomIds) {
        return Sql.tsquery(
                roomIds.stream().map(it -> "'#" + it.replace("'", "''") + "'").collect(Collectors.joining(" | ")));
    }

    private static MessageHit read(ResultSet row) throws SQLException {
        MessageRow message = MessageColumns.ROW.read(row);
        return MessageExcerpt.of(message, row.getString("highlighted"));
    }
}
