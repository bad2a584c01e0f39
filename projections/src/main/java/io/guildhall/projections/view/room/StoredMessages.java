package io.guildhall.projections.view.room;

import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads single rows of the table {@code message}. */
final class StoredMessages {
    static final String WITH_FILE =
            "SELECT * FROM message WHERE attachment_file_id @> ARRAY[?]::text[] AND attachment_file_id <> '{}' AND room_id = ?";

    private StoredMessages() {}

    static List<MessageRow> find(Connection connection, String roomId, Collection<Long> numbers) throws SQLException {
        if (numbers.isEmpty()) return List.of();
        return Sql.list(
                connection,
                "SELECT * FROM message WHERE room_id = ? AND number = ANY(?)",
                MessageColumns.ROW,
                roomId,
                Sql.longs(List.copyOf(numbers)));
    }

    static Optional<MessageRow> find(Connection connection, String roomId, String messageId) throws SQLException {
        return Sql.list(
                        connection,
                        "SELECT * FROM message WHERE id = ? AND room_id = ?",
                        MessageColumns.ROW,
                        messageId,
                        roomId)
                .stream()
                .findFirst();
    }

    static List<MessageRow> findWithFile(Connection connection, String roomId, String fileId) throws SQLException {
        return Sql.list(connection, WITH_FILE, MessageColumns.ROW, fileId, roomId);
    }

    /**
     * Returns a sequence number up to which the view has read the events of a room. Rows of the previous version have no
     * version: the sequence number of a message is higher than its number.
     */
    static long position(Connection connection, String roomId) throws SQLException {
        return Sql.list(connection, """
                        SELECT greatest(
                                   (SELECT max(version) FROM message WHERE room_id = ?),
                                   (SELECT max(number) + 1 FROM message WHERE room_id = ?),
                                   (SELECT version FROM message_position WHERE room_id = ?),
                                   0) AS position
                        """, row -> row.getLong("position"), roomId, roomId, roomId)
                .getFirst();
    }
}
