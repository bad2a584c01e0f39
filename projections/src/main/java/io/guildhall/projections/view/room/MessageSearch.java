package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.MessageHit;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.PagedQuery.Order;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Full-text search in messages. The id of its room is a lexeme of each message, so that the index finds the messages of
 * one room only.
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

    /** Without a word in the query, nothing is found. A message without text was deleted, or has only files. */
    private static final String SELECT = """
            SELECT m.*, ts_headline('simple', translate(m.text, '<>\uE000\uE001', '    '), q.words,
                                    'HighlightAll=true, StartSel=\uE000, StopSel=\uE001') AS highlighted
              FROM (SELECT websearch_to_tsquery('simple', ?) AS words) AS q, message m
             WHERE numnode(q.words) > 0 AND m.text <> '' AND m.words @@
            """;

    static final String IN_ROOM = SELECT + "(q.words && ?::tsquery)";

    /**
     * The rooms are not lexemes of the query here: each row would be compared with all of them. The planner uses the index
     * of words if they are rare, and otherwise that of the rooms.
     */
    static final String IN_ROOMS = SELECT + "q.words AND m.room_id = ANY(?)";

    private static final String ROOMS_OF = "SELECT room_id FROM room_list WHERE account_id = ? AND NOT is_removed";

    private MessageSearch() {}

    static Page<MessageHit> inRoom(Connection connection, String roomId, String query, Page.Request page)
            throws SQLException {
        return NEWEST_FIRST.page(connection, page, IN_ROOM, query, lexeme(roomId));
    }

    static Page<MessageHit> inRoomsOf(Connection connection, String accountId, String query, Page.Request page)
            throws SQLException {
        var rooms = Sql.list(connection, ROOMS_OF, row -> row.getString("room_id"), accountId);
        return NEWEST_FIRST.page(connection, page, IN_ROOMS, query, Sql.texts(rooms));
    }

    static Object lexeme(String roomId) {
        return Sql.tsquery("'#" + roomId.replace("'", "''") + "'");
    }

    private static MessageHit read(ResultSet row) throws SQLException {
        MessageRow message = MessageColumns.ROW.read(row);
        return MessageExcerpt.of(message, row.getString("highlighted"));
    }
}
