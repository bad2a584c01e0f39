package io.guildhall.adapter.postgres;

import static java.util.Collections.nCopies;

import io.guildhall.kernel.BatchExecutor;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.Presence;
import io.guildhall.port.PresenceReport;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.sql.DataSource;

/** Stores reports in the database, for all nodes. Reports that arrive at the same time are written together. */
public final class PostgresPresence implements Presence {
    /** For the batches of reports, and for {@link #sweep}. */
    public static final int OTHER_CONNECTIONS = 2;

    private static final int MAX_BATCH = 500;
    private static final int MAX_WAITING = 20_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    private static final int MAX_DELETED_AT_ONCE = 5_000;
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

    private record Row(String accountId, String node, State state, Instant at) {
        List<String> key() {
            return List.of(accountId, node);
        }
    }

    private final DataSource database;
    private final InstantSource clock;
    private final BoundedExecutor queries;
    private final BatchExecutor<Row, Boolean> writes;

    /** @param maxConcurrent as many as the pool has connections for it, without the {@link #OTHER_CONNECTIONS} */
    public PostgresPresence(DataSource database, int maxConcurrent, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.queries = new BoundedExecutor("presence", maxConcurrent, Duration.ofSeconds(3), Duration.ofSeconds(3));
        this.writes = new BatchExecutor<>("presence-writes", MAX_BATCH, MAX_WAITING, TIMEOUT, this::write);
    }

    @Override
    public CompletionStage<Void> seen(String accountId, State state, String node) {
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return writes.call(new Row(accountId, node, state, at)).thenAccept(_ -> {});
    }

    /**
     * A statement can write a row only once, so this keeps the last report. All nodes use the same order, so that they
     * do not deadlock.
     */
    private List<Boolean> write(List<Row> reports) throws SQLException {
        var last = new TreeMap<String, Row>();
        for (var report : reports) last.put(String.join("\n", report.key()), report);
        var rows = List.copyOf(last.values());
        try (var connection = database.getConnection();
                var upsert = connection.prepareStatement("""
                        INSERT INTO presence (account_id, node, state, at)
                        SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                        ON CONFLICT (account_id, node) DO UPDATE SET state = excluded.state, at = excluded.at
                        """)) {
            upsert.setArray(1, connection.createArrayOf("text", values(rows, Row::accountId)));
            upsert.setArray(2, connection.createArrayOf("text", values(rows, Row::node)));
            upsert.setArray(
                    3,
                    connection.createArrayOf(
                            "text", values(rows, it -> it.state().name())));
            upsert.setArray(4, connection.createArrayOf("timestamptz", values(rows, it -> Timestamp.from(it.at()))));
            upsert.executeUpdate();
            return nCopies(reports.size(), true);
        }
    }

    private static Object[] values(List<Row> rows, Function<Row, Object> column) {
        return rows.stream().map(column).toArray();
    }

    @Override
    public CompletionStage<Map<String, Status>> of(Set<String> accountIds) {
        if (accountIds.size() > MAX_ACCOUNTS)
            throw new IllegalArgumentException(accountIds.size() + " accounts, and the maximum is " + MAX_ACCOUNTS);
        return queries.call(() -> select(accountIds));
    }

    private Map<String, Status> select(Set<String> accountIds) throws SQLException {
        var reports = new HashMap<String, List<PresenceReport>>();
        for (var id : accountIds) reports.put(id, new ArrayList<>());
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT account_id, state, at FROM presence WHERE account_id = ANY (?)")) {
            query.setArray(1, connection.createArrayOf("text", accountIds.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next())
                    reports.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                            .add(new PresenceReport(
                                    State.valueOf(rows.getString(2)),
                                    rows.getTimestamp(3).toInstant()));
            }
        }
        var now = clock.instant();
        var statuses = new HashMap<String, Status>();
        reports.forEach((id, of) -> statuses.put(id, PresenceReport.status(of, now)));
        return statuses;
    }

    /**
     * Deletes obsolete reports: expired ones that are not the newest of their account, and all that are older than
     * {@link #RETENTION}; at most {@value #MAX_DELETED_AT_ONCE} of them. Several nodes can do it at the same time.
     *
     * @return how long to wait until the next time
     */
    public Duration sweep() throws SQLException {
        var now = clock.instant();
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("""
                        DELETE FROM presence WHERE (account_id, node) IN (
                            SELECT account_id, node FROM presence AS old
                             WHERE at < ? AND (at < ? OR EXISTS (
                                   SELECT 1 FROM presence AS newer WHERE newer.account_id = old.account_id AND newer.at > old.at))
                             LIMIT ? FOR UPDATE SKIP LOCKED)
                        """)) {
            delete.setTimestamp(1, Timestamp.from(now.minus(EXPIRY)));
            delete.setTimestamp(2, Timestamp.from(now.minus(RETENTION)));
            delete.setInt(3, MAX_DELETED_AT_ONCE);
            return delete.executeUpdate() == MAX_DELETED_AT_ONCE ? Duration.ZERO : SWEEP_INTERVAL;
        }
    }
}
