package io.guildhall.projections.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs a journal that was copied from another server. Its transaction ids may be higher than this server's, so its
 * events would not be read and new events would sort before them. All copied events get one old transaction id, and
 * every follower resumes at its first unread event. A few events may be read again, which changes nothing.
 */
final class RestoredJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredJournal.class);

    private RestoredJournal() {}

    static void repair(DataSource database) {
        try (var connection = database.getConnection()) {
            if (isAhead(connection)) ReadDatabase.runInTransaction(connection, RestoredJournal::repair);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The journal was copied from another server and could not be adapted to this one. Stop all other nodes and start"
                            + " again. " + e.getMessage(),
                    e);
        }
    }

    private static void repair(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = '10s'");
        execute(connection, "LOCK TABLE event_journal, follower_position IN ACCESS EXCLUSIVE MODE");
        // Another node may have repaired it while this one waited for the lock.
        if (!isAhead(connection)) return;
        LOG.info(
                "The journal was copied from another server; adapting its transaction ids and the positions of the followers");
        execute(connection, """
                UPDATE follower_position p
                   SET xid = '1',
                       ordering = coalesce(
                           (SELECT min(j.ordering) - 1 FROM event_journal j
                             WHERE j.kind = p.kind AND journal_slice(j.persistence_id) BETWEEN p.first_slice AND p.last_slice
                               AND (j.xid, j.ordering) > (p.xid, p.ordering)),
                           (SELECT max(j.ordering) FROM event_journal j))
                """);
        execute(connection, "UPDATE event_journal SET xid = '1'");
    }

    /** Checks the last events only: ids grow with the journal, except those of concurrent transactions. */
    private static boolean isAhead(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT max(xid) >= pg_snapshot_xmax(pg_current_snapshot())
                          FROM (SELECT xid FROM event_journal ORDER BY ordering DESC LIMIT 1000) AS last
                        """);
                var rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
