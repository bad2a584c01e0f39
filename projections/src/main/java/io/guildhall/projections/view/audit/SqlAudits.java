package io.guildhall.projections.view.audit;

import io.guildhall.projections.readmodel.audit.AuditRun;
import io.guildhall.projections.readmodel.audit.AuditSummary;
import io.guildhall.projections.readmodel.audit.AuditTotal;
import io.guildhall.projections.readmodel.audit.Audits;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.audit.AuditTables.TotalRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

public final class SqlAudits implements Audits {
    private static final int MAX_RUNS = 10;

    private static final String FIRST_UNREAD = """
            SELECT min(unread.write_timestamp)
              FROM follower_position p
             CROSS JOIN LATERAL (
                   SELECT j.write_timestamp FROM event_journal j
                    WHERE j.kind = p.kind AND journal_slice(j.persistence_id) BETWEEN p.first_slice AND p.last_slice
                      AND (j.xid, j.ordering) > (p.xid, p.ordering)
                    ORDER BY j.xid, j.ordering LIMIT 1) AS unread
             WHERE p.follower = 'audit'
            """;

    private final ReadDatabase database;

    public SqlAudits(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<AuditSummary> summary() {
        return database.query(connection -> new AuditSummary(
                firstUnread(connection),
                totalsComparedAt(connection),
                Sql.list(
                        connection,
                        "SELECT * FROM audit_total ORDER BY currency",
                        row -> total(AuditTables.TOTAL_ROW.read(row))),
                Sql.list(connection, "SELECT * FROM audit_run ORDER BY id DESC LIMIT " + MAX_RUNS, SqlAudits::readRun),
                openDifferences(connection)));
    }

    /** The time of the first event that the view has not added up; empty if it has added up all. */
    public static Optional<Instant> firstUnread(Connection connection) throws SQLException {
        return Sql.list(connection, FIRST_UNREAD, row -> {
                    long millis = row.getLong(1);
                    return row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(millis));
                })
                .getFirst();
    }

    private static Optional<Instant> totalsComparedAt(Connection connection) throws SQLException {
        return Sql.list(
                        connection,
                        "SELECT totals_compared_at FROM audit_lease",
                        row -> Sql.instant(row, "totals_compared_at"))
                .getFirst();
    }

    private static Map<String, Long> openDifferences(Connection connection) throws SQLException {
        List<Map.Entry<String, Long>> counts = Sql.list(
                connection,
                "SELECT kind, count(*) FROM discrepancy WHERE status <> 'SETTLED' GROUP BY kind",
                row -> Map.entry(row.getString(1), row.getLong(2)));
        return counts.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static AuditTotal total(TotalRow it) {
        return new AuditTotal(
                it.currency(),
                it.charged().longValueExact(),
                it.held().add(it.reserved()).longValueExact(),
                it.owed().longValueExact(),
                it.paid().longValueExact(),
                it.fees().longValueExact(),
                it.refunded().longValueExact(),
                it.surplus().longValueExact(),
                it.writtenOff().longValueExact());
    }

    public static AuditRun readRun(ResultSet row) throws SQLException {
        return new AuditRun(
                row.getLong("id"),
                row.getString("requested_by"),
                row.getTimestamp("covers_from").toInstant(),
                row.getTimestamp("covers_until").toInstant(),
                AuditRun.Phase.valueOf(row.getString("phase")),
                row.getLong("entities"),
                row.getLong("bookings"),
                row.getLong("movements"),
                row.getLong("recorded"),
                row.getLong("differences"),
                row.getLong("failures"),
                Optional.ofNullable(row.getString("error")),
                row.getTimestamp("created_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("finished_at")).map(Timestamp::toInstant));
    }
}
