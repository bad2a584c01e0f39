package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.PagedQuery.Order;
import io.guildhall.projections.store.ReadDatabase;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlMessages implements Messages {
    private static final PagedQuery<MessageRow> OF_ROOM = new PagedQuery<>(
            new Keyset<>("messages", List.of(Long.MAX_VALUE), row -> List.of(row.number())),
            Order.DESCENDING,
            List.of("number"),
            MessageColumns.ROW);

    private final ReadDatabase database;

    public SqlMessages(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<MessageRow>> ofRoom(String roomId, Page.Request page) {
        return database.query(
                connection -> OF_ROOM.page(connection, page, "SELECT * FROM message WHERE room_id = ?", roomId));
    }
}
