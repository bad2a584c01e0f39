package io.guildhall.adapter.postgres;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.FileKey;
import io.guildhall.port.RoomFiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Stores records of uploaded files in the database, for all nodes. */
public final class PostgresRoomFiles implements RoomFiles {
    public static final int CONNECTIONS = 1;

    private static final String ADD = """
            INSERT INTO room_file (id, room_id, account_id, name, type, bytes, at, is_stored, check_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, FALSE, ?) ON CONFLICT (id) DO NOTHING
            """;
    private static final String FIND = """
            SELECT * FROM room_file
             WHERE id = ANY(?) AND room_id = ? AND account_id = ? AND is_stored AND NOT is_expired
            """;

    private final DataSource database;
    private final Duration unattachedLifetime;
    private final BoundedExecutor calls =
            new BoundedExecutor("room-files", CONNECTIONS, Duration.ofSeconds(2), Duration.ofSeconds(6));

    /** @param unattachedLifetime from an upload until the first check whether a message has the file */
    public PostgresRoomFiles(DataSource database, Duration unattachedLifetime) {
        this.database = database;
        this.unattachedLifetime = unattachedLifetime;
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private CompletionStage<Void> update(String sql, Parameters parameters) {
        return calls.call(() -> {
                    try (var connection = database.getConnection();
                            var update = connection.prepareStatement(sql)) {
                        parameters.set(update);
                        return update.executeUpdate();
                    }
                })
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Void> add(RoomFile file) {
        return update(ADD, insert -> {
            insert.setString(1, file.id());
            insert.setString(2, file.roomId());
            insert.setString(3, file.accountId());
            insert.setString(4, file.name());
            insert.setString(5, file.type().name());
            insert.setLong(6, file.bytes());
            insert.setTimestamp(7, Timestamp.from(file.at()));
            insert.setTimestamp(8, Timestamp.from(file.at().plus(unattachedLifetime)));
        });
    }

    @Override
    public CompletionStage<Void> setStored(String id) {
        return update("UPDATE room_file SET is_stored = TRUE WHERE id = ?", update -> update.setString(1, id));
    }

    @Override
    public CompletionStage<List<RoomFile>> find(String roomId, String accountId, List<String> ids) {
        return calls.call(() -> {
            try (var connection = database.getConnection()) {
                return select(connection, roomId, accountId, ids);
            }
        });
    }

    private static List<RoomFile> select(Connection connection, String roomId, String accountId, List<String> ids)
            throws SQLException {
        var files = new ArrayList<RoomFile>();
        try (var select = connection.prepareStatement(FIND)) {
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

    @Override
    public CompletionStage<List<Check>> dueChecks(Instant now, int max) {
        return calls.call(() -> {
            var checks = new ArrayList<Check>();
            try (var connection = database.getConnection();
                    var select = connection.prepareStatement(
                            "SELECT * FROM room_file WHERE check_at <= ? ORDER BY check_at LIMIT ?")) {
                select.setTimestamp(1, Timestamp.from(now));
                select.setInt(2, max);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) checks.add(new Check(read(rows), rows.getBoolean("is_expired")));
                }
            }
            return checks;
        });
    }

    @Override
    public CompletionStage<Void> keep(String id, Instant nextCheck) {
        return plan("UPDATE room_file SET is_expired = FALSE, check_at = ? WHERE id = ?", id, nextCheck);
    }

    @Override
    public CompletionStage<Void> expire(String id, Instant nextCheck) {
        return plan(
                "UPDATE room_file SET is_expired = TRUE, check_at = ? WHERE id = ? AND NOT is_expired", id, nextCheck);
    }

    private CompletionStage<Void> plan(String sql, String id, Instant nextCheck) {
        return update(sql, update -> {
            update.setTimestamp(1, Timestamp.from(nextCheck));
            update.setString(2, id);
        });
    }

    @Override
    public CompletionStage<Void> remove(String id) {
        return update("DELETE FROM room_file WHERE id = ? AND is_expired", update -> update.setString(1, id));
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
