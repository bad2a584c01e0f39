package io.guildhall.adapter.postgres;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.FileKey;
import io.guildhall.port.RoomFiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Stores records of uploaded files in the database, for all nodes. */
public final class PostgresRoomFiles implements RoomFiles {
    public static final int CONNECTIONS = 1;

    private static final String ADD = """
            INSERT INTO room_file (id, room_id, account_id, name, type, bytes, at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """;
    private static final String FIND = "SELECT * FROM room_file WHERE id = ANY(?) AND room_id = ? AND account_id = ?";

    private final DataSource database;
    private final BoundedExecutor calls =
            new BoundedExecutor("room-files", CONNECTIONS, Duration.ofSeconds(2), Duration.ofSeconds(6));

    public PostgresRoomFiles(DataSource database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Void> add(RoomFile file) {
        return calls.call(() -> insert(file)).thenAccept(_ -> {});
    }

    private int insert(RoomFile file) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(ADD)) {
            insert.setString(1, file.id());
            insert.setString(2, file.roomId());
            insert.setString(3, file.accountId());
            insert.setString(4, file.name());
            insert.setString(5, file.type().name());
            insert.setLong(6, file.bytes());
            insert.setTimestamp(7, Timestamp.from(file.at()));
            return insert.executeUpdate();
        }
    }

    @Override
    public CompletionStage<List<RoomFile>> find(String roomId, String accountId, List<String> ids) {
        return calls.call(() -> select(roomId, accountId, ids));
    }

    private List<RoomFile> select(String roomId, String accountId, List<String> ids) throws SQLException {
        var files = new ArrayList<RoomFile>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(FIND)) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            select.setString(2, roomId);
            select.setString(3, accountId);
            try (var rows = select.executeQuery()) {
                while (rows.next()) files.add(read(rows));
            }
        }
        files.sort(Comparator.comparingInt(it -> ids.indexOf(it.id())));
        return files;
    }

    private static RoomFile read(ResultSet row) throws SQLException {
        return new RoomFile(
                row.getString("id"),
                row.getString("room_id"),
                row.getString("account_id"),
                row.getString("name"),
                FileKey.Type.valueOf(row.getString("type")),
                row.getLong("bytes"),
                row.getTimestamp("at").toInstant());
    }
}
