package io.guildhall.projections.view.room;

import io.guildhall.domain.abusereport.MessageHistory;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.ReadDatabase;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

public final class SqlCurrentMessages implements CurrentMessages {
    private final ReadDatabase database;
    private final RoomJournal journal;

    public SqlCurrentMessages(ReadDatabase database, RoomJournal journal) {
        this.database = database;
        this.journal = journal;
    }

    @Override
    public CompletionStage<Optional<MessageRow>> find(String roomId, String messageId) {
        return database.query(connection -> journal.find(connection, roomId, messageId));
    }

    @Override
    public CompletionStage<Optional<MessageRow>> findWithFile(String roomId, String fileId) {
        return database.query(connection -> journal.findWithFile(connection, roomId, fileId));
    }

    @Override
    public CompletionStage<MessageHistory> history(String roomId, String messageId, long number) {
        return database.query(connection -> journal.history(connection, roomId, messageId, number));
    }
}
