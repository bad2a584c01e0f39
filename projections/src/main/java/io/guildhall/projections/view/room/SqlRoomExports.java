package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.room.RoomExport;
import io.guildhall.projections.readmodel.room.RoomExport.State;
import io.guildhall.projections.readmodel.room.RoomExports;
import io.guildhall.projections.store.ExportTable;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Requests of one account are handled one after the other, so that it cannot exceed its limits by requests at the same time. */
public final class SqlRoomExports implements RoomExports {
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('room-export/' || ?, 0))";
    private static final String SAME =
            "SELECT * FROM export WHERE id = ? OR (room_id = ? AND account_id = ? AND state IN ('WAITING', 'RUNNING'))";
    private static final String COUNT =
            "SELECT count(*) AS requested FROM export WHERE account_id = ? AND room_id IS NOT NULL AND requested_at > ?";
    private static final String ADD = """
            INSERT INTO export (id, room_id, account_id, total, requested_at) VALUES (?, ?, ?, ?, ?)
            RETURNING *
            """;

    private final ReadDatabase database;

    public SqlRoomExports(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<RoomExport>> request(
            String id, String roomId, String accountId, long messages, Instant now) {
        return database.inTransaction(connection -> {
            Sql.list(connection, LOCK, _ -> true, accountId);
            var same = first(connection, SAME, id, roomId, accountId);
            if (same.isPresent() || isLimitReached(connection, accountId, now)) return same;
            return first(connection, ADD, id, roomId, accountId, messages, now);
        });
    }

    private static boolean isLimitReached(Connection connection, String accountId, Instant now) throws SQLException {
        return Sql.list(connection, COUNT, row -> row.getLong("requested"), accountId, now.minus(Duration.ofDays(1)))
                        .getFirst()
                >= MAX_PER_DAY;
    }

    @Override
    public CompletionStage<Optional<RoomExport>> find(String roomId, String accountId, String id) {
        return database.query(connection -> first(
                connection,
                "SELECT * FROM export WHERE id = ? AND room_id = ? AND account_id = ?",
                id,
                roomId,
                accountId));
    }

    @Override
    public CompletionStage<Optional<RoomExport>> findByFile(
            String roomId, String accountId, String fileId, Instant now) {
        return database.query(connection -> first(
                connection,
                "SELECT * FROM export WHERE file_id = ? AND room_id = ? AND account_id = ? AND expires_at > ?",
                fileId,
                roomId,
                accountId,
                now));
    }

    private static Optional<RoomExport> first(Connection connection, String sql, Object... values) throws SQLException {
        return Sql.list(connection, sql, SqlRoomExports::read, values).stream().findFirst();
    }

    private static RoomExport read(ResultSet row) throws SQLException {
        return new RoomExport(
                row.getString("id"),
                row.getString("room_id"),
                row.getString("account_id"),
                State.valueOf(row.getString("state")),
                row.getLong("done"),
                row.getLong("total"),
                Sql.instant(row, "requested_at").orElseThrow(),
                Sql.instant(row, "finished_at"),
                ExportTable.archive(row));
    }
}
