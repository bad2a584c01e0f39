package io.guildhall.projections.export.room;

import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.room.RoomJournal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.LinkedHashMap;
import java.util.List;

public final class SqlRoomSource implements RoomSource {
    /** The view of room lists lags behind: it can lack the member who has requested the export. */
    private static final String ROOM = """
            SELECT l.contract_id, l.title, l.account_id, coalesce(a.name, '') AS name, l.other_id, coalesce(o.name, '') AS other_name
              FROM room_list l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN account o ON o.id = l.other_id
             WHERE l.room_id = ? AND l.account_id = ?
            """;

    private final ReadDatabase database;
    private final RoomJournal journal;

    public SqlRoomSource(ReadDatabase database, RoomJournal journal) {
        this.database = database;
        this.journal = journal;
    }

    @Override
    public ExportedRoom room(String roomId, String accountId) throws SQLException {
        return database.queryBlocking(it -> Sql.list(it, ROOM, row -> read(roomId, row), roomId, accountId)).stream()
                .findFirst()
                .orElseThrow(
                        () -> new SQLTransientException("the room " + roomId + " is not in the list of its member"));
    }

    private static ExportedRoom read(String roomId, ResultSet row) throws SQLException {
        var names = new LinkedHashMap<String, String>();
        names.put(row.getString("account_id"), row.getString("name"));
        names.put(row.getString("other_id"), row.getString("other_name"));
        names.replaceAll((id, name) -> name.isBlank() ? id : name);
        return new ExportedRoom(roomId, Sql.text(row, "contract_id"), Sql.text(row, "title"), names);
    }

    @Override
    public List<MessageRow> messages(String roomId, long first, long last) throws SQLException {
        return database.queryBlocking(it -> journal.range(it, roomId, first, last));
    }
}
