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

    /** Of more matches, only those among the newest messages are found. */
    static final int MAX_MATCHES = 2_000;

    /** How many of the newest messages are compared with a query that has more matches, in all rooms together. */
    static final int MAX_COMPARED = 20_000;

    private static final int MIN_COMPARED_OF_ROOM = 100;
    /** The rooms with the newest activity are searched. */
    static final int MAX_ROOMS = 1_000;

    /** Not of messages that were deleted, or that the system has posted. */
    private static final String HAS_CONTENT = "(m.text <> '' OR m.attachment_name <> '{}')";

    /** The text; of a message that has only files, their names. */
    private static final String CONTENT =
            "CASE WHEN m.text = '' THEN array_to_string(m.attachment_name, ', ') ELSE m.text END";

    private static final String ROOMS_OF = """
            SELECT room_id FROM room_list WHERE account_id = ? AND NOT is_removed ORDER BY active_at DESC, room_id DESC LIMIT %d
            """.formatted(MAX_ROOMS);

    /**
     * Matches in any order, from the index. It has the rooms as words: without them, it would also return the matches in
     * the rooms of all others. Without a word in the query, nothing is found.
     */
    static final String MATCHES = """
            SELECT found.room_id, found.number
              FROM (SELECT given.words && ('''#' || replace(room.id, '''', '''''') || '''')::tsquery AS words
                      FROM (SELECT websearch_to_tsquery('simple', ?) AS words) AS given CROSS JOIN unnest(?::text[]) AS room (id)
                     WHERE numnode(given.words) > 0
                    -- Evaluated once for each room.
                    OFFSET 0) AS q
             CROSS JOIN LATERAL (
                   SELECT m.room_id, m.number FROM message m WHERE m.words @@ q.words AND %2$s LIMIT %1$d) AS found
             LIMIT %1$d
            """.formatted(MAX_MATCHES + 1, HAS_CONTENT);

    private static final String SELECT = """
            SELECT m.*, content.value AS content,
                   ts_headline('simple', translate(content.value, '<>\uE000\uE001', '    '), q.words,
                               'HighlightAll=true, StartSel=\uE000, StopSel=\uE001') AS highlighted
              FROM (SELECT websearch_to_tsquery('simple', ?) AS words) AS q
            """;

    private static final String CONDITION = """
              CROSS JOIN LATERAL (SELECT %s AS value) AS content
             WHERE %s AND m.words @@ q.words
            """.formatted(CONTENT, HAS_CONTENT);

    private static final String OF_MATCHES = SELECT + """
              CROSS JOIN unnest(?::text[], ?::bigint[]) AS found (room_id, number)
              JOIN message m ON m.room_id = found.room_id AND m.number = found.number
            """ + CONDITION;

    static final String AMONG_NEWEST = SELECT + """
              CROSS JOIN unnest(?::text[]) AS room (id)
              CROSS JOIN LATERAL (SELECT * FROM message WHERE room_id = room.id ORDER BY number DESC LIMIT ?) AS m
            """ + CONDITION;

    private record Match(String roomId, long number) {}

    private MessageSearch() {}

    static Page<MessageHit> inRoom(Connection connection, String roomId, String query, Page.Request page)
            throws SQLException {
        return in(connection, List.of(roomId), query, page);
    }

    static Page<MessageHit> inRoomsOf(Connection connection, String accountId, String query, Page.Request page)
            throws SQLException {
        return in(connection, Sql.list(connection, ROOMS_OF, row -> row.getString("room_id"), accountId), query, page);
    }

    /** Reads at most {@link #MAX_MATCHES} messages, or compares {@link #MAX_COMPARED}, however many there are. */
    private static Page<MessageHit> in(Connection connection, List<String> rooms, String query, Page.Request page)
            throws SQLException {
        var matches = Sql.list(
                connection,
                MATCHES,
                row -> new Match(row.getString("room_id"), row.getLong("number")),
                query,
                Sql.texts(rooms));
        if (matches.size() <= MAX_MATCHES)
            return NEWEST_FIRST.page(
                    connection,
                    page,
                    OF_MATCHES,
                    query,
                    Sql.texts(matches.stream().map(Match::roomId).toList()),
                    Sql.longs(matches.stream().map(Match::number).toList()));
        var newest = rooms.subList(0, Math.min(rooms.size(), MAX_COMPARED / MIN_COMPARED_OF_ROOM));
        return NEWEST_FIRST.page(
                connection, page, AMONG_NEWEST, query, Sql.texts(newest), MAX_COMPARED / newest.size());
    }

    private static MessageHit read(ResultSet row) throws SQLException {
        MessageRow message = MessageColumns.ROW.read(row);
        return MessageExcerpt.of(message, row.getString("content"), row.getString("highlighted"));
    }
}
