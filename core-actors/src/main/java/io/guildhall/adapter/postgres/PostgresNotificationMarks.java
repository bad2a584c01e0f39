package io.guildhall.adapter.postgres;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.NotificationMarks;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Marks notifications as read in the database, for all nodes. */
public final class PostgresNotificationMarks implements NotificationMarks {
    /** The maximum number of connections at the same time. */
    public static final int CONNECTIONS = 1;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Sorts after all ids. */
    private static final String ANY = "~";

    private final DataSource database;
    private final InstantSource clock;
    private final BoundedExecutor statements = new BoundedExecutor("notification-marks", CONNECTIONS, TIMEOUT, TIMEOUT);

    public PostgresNotificationMarks(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Boolean> markRead(String accountId, String entryId, Optional<String> through) {
        return statements.call(() -> update("""
                UPDATE notification_entry
                   SET read_at = CASE WHEN newest_id <= ? THEN coalesce(read_at, ?) ELSE read_at END
                 WHERE account_id = ? AND id = ?
                """, through.orElse(ANY), now(), accountId, entryId) == 1);
    }

    @Override
    public CompletionStage<Void> markAllRead(String accountId, Optional<String> through) {
        return statements.call(() -> {
            update("""
                    UPDATE notification_entry SET read_at = ? WHERE account_id = ? AND read_at IS NULL AND newest_id <= ?
                    """, now(), accountId, through.orElse(ANY));
            return null;
        });
    }

    @Override
    public CompletionStage<Void> markRoomRead(String accountId, String roomId, long number) {
        return statements.call(() -> {
            update("""
                    UPDATE notification_entry e SET read_at = ?
                     WHERE account_id = ? AND kind = 'MESSAGE_RECEIVED' AND topic = 'ROOM/' || ? AND read_at IS NULL
                       AND NOT EXISTS (SELECT FROM notification_delivery d WHERE d.entry_id = e.id AND d.last_number > ?)
                    """, now(), accountId, roomId, number);
            return null;
        });
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private int update(String sql, Object... values) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            return statement.executeUpdate();
        }
    }
}
