package io.guildhall.projections.audit;

import io.guildhall.projections.readmodel.audit.AuditRun;
import io.guildhall.projections.readmodel.audit.AuditRun.Phase;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.audit.SqlAudits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The table of runs and the lease of the node that audits, with the time of its last comparison of the totals. At most one run is open. Its progress is saved over the one
 * that was read, so a node that has lost the lease changes nothing.
 */
final class AuditRuns {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final ReadDatabase database;
    private final String node;

    /** @param node the name of this node */
    AuditRuns(ReadDatabase database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * An open run and its progress.
     *
     * @param cursor where the phase continues; empty at its start
     */
    record Open(AuditRun run, String cursor) {}

    /** What a step of a run has done. */
    record Counts(long entities, long bookings, long movements, long recorded, long differences) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }

    /** Takes or renews the right to audit. Returns false while another node has it. */
    boolean acquireLease() throws SQLException {
        return update("""
                UPDATE audit_lease SET holder = ?, expires_at = clock_timestamp() + ? * interval '1 ms'
                 WHERE holder = ? OR expires_at < clock_timestamp()
                """, node, LEASE.toMillis(), node) == 1;
    }

    void totalsCompared() throws SQLException {
        update("UPDATE audit_lease SET totals_compared_at = clock_timestamp() WHERE holder = ?", node);
    }

    void releaseLease() throws SQLException {
        update("UPDATE audit_lease SET expires_at = 'epoch' WHERE holder = ?", node);
    }

    /** Opens a run that covers everything before a time, unless one did or another run is open. */
    void plan(Instant until) throws SQLException {
        update("""
                INSERT INTO audit_run (requested_by, covers_from, covers_until)
                SELECT 'schedule', coalesce(max(covers_until), 'epoch'), ?::timestamptz FROM audit_run
                HAVING coalesce(max(covers_until), 'epoch') < ?::timestamptz
                ON CONFLICT DO NOTHING
                """, until, until);
    }

    /** Opens a run that covers everything before a time. Returns its id, or that of the run that is open already. */
    static long request(Connection connection, Instant until) throws SQLException {
        Sql.update(connection, """
                INSERT INTO audit_run (requested_by, covers_from, covers_until)
                SELECT 'operator', least(coalesce(max(covers_until), 'epoch'), ?::timestamptz), ?::timestamptz FROM audit_run
                ON CONFLICT DO NOTHING
                """, until, until);
        return Sql.list(connection, "SELECT max(id) FROM audit_run", row -> row.getLong(1))
                .getFirst();
    }

    Optional<Open> open() throws SQLException {
        return database
                .queryBlocking(connection -> Sql.list(
                        connection,
                        "SELECT * FROM audit_run WHERE finished_at IS NULL",
                        row -> new Open(SqlAudits.readRun(row), row.getString("cursor"))))
                .stream()
                .findFirst();
    }

    /** Saves the progress of a run in its phase, or that the phase is done. */
    void save(Open before, Counts counts, Optional<String> cursor) throws SQLException {
        var phase =
                cursor.isPresent() ? before.run().phase() : next(before.run().phase());
        update(
                """
                UPDATE audit_run SET phase = ?, cursor = ?, entities = entities + ?, bookings = bookings + ?, movements = movements + ?,
                       recorded = recorded + ?, differences = differences + ?, error = NULL,
                       finished_at = CASE WHEN ? THEN clock_timestamp() END
                 WHERE id = ? AND phase = ? AND cursor = ?
                """,
                phase,
                cursor.orElse(""),
                counts.entities(),
                counts.bookings(),
                counts.movements(),
                counts.recorded(),
                counts.differences(),
                phase == Phase.DONE,
                before.run().id(),
                before.run().phase(),
                before.cursor());
    }

    private static Phase next(Phase phase) {
        return switch (phase) {
            case LEDGER -> Phase.BOOKINGS;
            case BOOKINGS -> Phase.MOVEMENTS;
            case MOVEMENTS, DONE -> Phase.DONE;
        };
    }

    void failed(Open run, String error) throws SQLException {
        update(
                "UPDATE audit_run SET failures = failures + 1, error = ? WHERE id = ?",
                error,
                run.run().id());
    }

    private int update(String sql, Object... values) throws SQLException {
        return database.queryBlocking(connection -> Sql.update(connection, sql, values));
    }
}
