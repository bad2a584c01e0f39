package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlMessages implements Messages {
    private static final Keyset<MessageRow> OF_ROOM =
            new Keyset<>("messages", List.of(Long.MAX_VALUE), row -> List.of(row.number()));

    private final ReadDatabase database;

    public SqlMessages(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<MessageRow>> ofRoom(String roomId, Page.Request page) {
        return database.query(connection -> OF_ROOM.page(
                page,
                (after, limit) -> Sql.list(
                        connection,
                        "SELECT * FROM message WHERE room_id = ? AND number < ? ORDER BY number DESC LIMIT ?",
                        MessageColumns.ROW,
                        roomId,
                        after.getFirst(),
                        limit)));
    }
}
