package io.guildhall.projections.store;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Deletes changes of accounts' lists that no client can read any more. */
public final class ListChangeSweep {
    private static final int MAX_DELETED = 5_000;
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final DataSource database;

    public ListChangeSweep(DataSource database) {
        this.database = database;
    }

    /** Deletes some of them, and returns how long to wait until the next call: not at all if there can be more. */
    public Duration sweep() throws SQLException {
        try (var connection = database.getConnection()) {
            int deleted = Sql.update(connection, """
                    DELETE FROM live_entry WHERE (account_id, number) IN (
                        SELECT account_id, number FROM live_entry WHERE at < now() - interval '7 days' LIMIT ?)
                    """, MAX_DELETED);
            deleted += Sql.update(connection, """
                    DELETE FROM live_entry WHERE (account_id, number) IN (
                        SELECT e.account_id, e.number
                          FROM live_account a
                         CROSS JOIN LATERAL (
                               SELECT account_id, number FROM live_entry
                                WHERE account_id = a.account_id AND number <= a.last_number - 10000
                                ORDER BY number LIMIT ?) AS e
                         WHERE a.last_number > 10000
                         LIMIT ?)
                    """, MAX_DELETED, MAX_DELETED);
            return deleted >= MAX_DELETED ? Duration.ZERO : PAUSE;
        }
    }
}
