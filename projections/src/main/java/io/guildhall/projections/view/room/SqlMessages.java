package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.MessageHit;
import io.guildhall.projections.readmodel.room.MessageRevisionRow;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.PagedQuery.Order;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Pages are ranges of numbers: the numbers of a room have no gaps. */
public final class SqlMessages implements Messages {
    private static final PagedQuery<MessageRow> NEWEST_FIRST = byNumber("messages", Order.DESCENDING, Long.MAX_VALUE);
    private static final PagedQuery<MessageRow> OLDEST_FIRST = byNumber("messages-after", Order.ASCENDING, 0L);

    private static PagedQuery<MessageRow> byNumber(String list, Order order, long first) {
        return new PagedQuery<>(
                new Keyset<>(list, List.of(first), row -> List.of(row.number())),
                order,
                List.of("number"),
                MessageColumns.ROW);
    }

    private static final String OF_ROOM = "SELECT * FROM message WHERE room_id = ?";
    private static final String AROUND = """
            SELECT * FROM message, LATERAL (SELECT coalesce(max(number), 0) AS last FROM message WHERE room_id = ?) AS room
             WHERE room_id = ? AND number >= greatest(1, least(?::bigint - ?::bigint, room.last - ?::bigint + 1))
             ORDER BY number LIMIT ?
            """;

    private static final PagedQuery<MessageRevisionRow> REVISIONS = new PagedQuery<>(
            new Keyset<>("message-revisions", List.of(Long.MAX_VALUE), row -> List.of(row.version())),
            Order.DESCENDING,
            List.of("version"),
            MessageColumns.REVISION_ROW);

    private final ReadDatabase database;
    private final ReadDatabase searches;

    /** @param searches with its own limit of concurrent queries: a search takes longer than other queries */
    public SqlMessages(ReadDatabase database, ReadDatabase searches) {
        this.database = database;
        this.searches = searches;
    }

    @Override
    public CompletionStage<Page<MessageRow>> ofRoom(String roomId, Page.Request page) {
        return database.query(connection -> NEWEST_FIRST.page(connection, page, OF_ROOM, roomId));
    }

    @Override
    public CompletionStage<Page<MessageRow>> before(String roomId, long number, Page.Request page) {
        return database.query(
                connection -> NEWEST_FIRST.page(connection, page, OF_ROOM + " AND number < ?", roomId, number));
    }

    @Override
    public CompletionStage<Page<MessageRow>> after(String roomId, long number, Page.Request page) {
        return database.query(
                connection -> OLDEST_FIRST.page(connection, page, OF_ROOM + " AND number > ?", roomId, number));
    }

    @Override
    public CompletionStage<List<MessageRow>> around(String roomId, long number, int limit) {
        return database.query(connection -> Sql.list(
                        connection, AROUND, MessageColumns.ROW, roomId, roomId, number, limit / 2, limit, limit)
                .reversed());
    }

    @Override
    public CompletionStage<Page<MessageHit>> searchRoom(String roomId, String query, Page.Request page) {
        return searches.query(connection -> MessageSearch.inRoom(connection, roomId, query, page));
    }

    @Override
    public CompletionStage<Page<MessageHit>> searchRoomsOf(String accountId, String query, Page.Request page) {
        return searches.query(connection -> MessageSearch.inRoomsOf(connection, accountId, query, page));
    }

    @Override
    public CompletionStage<Page<MessageRevisionRow>> revisions(String roomId, long number, Page.Request page) {
        return database.query(connection -> REVISIONS.page(
                connection, page, "SELECT * FROM message_revision WHERE room_id = ? AND number = ?", roomId, number));
    }
}
