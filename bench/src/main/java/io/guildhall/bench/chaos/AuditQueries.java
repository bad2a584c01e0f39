package io.guildhall.bench.chaos;

import io.guildhall.bench.chaos.AuditData.EscrowTotals;
import io.guildhall.bench.chaos.AuditData.ProviderMovement;
import io.guildhall.bench.chaos.AuditData.RecordedMessage;
import io.guildhall.bench.chaos.LiveFrames.Frame;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads journal, read model and the provider's records directly from the database. */
final class AuditQueries implements AutoCloseable {
    private static final String ESCROWS = """
            SELECT id,
                   max((event #>> '{deal,amount,amount}')::bigint),
                   (array_agg(name ORDER BY sequence_number DESC))[1],
                   count(*) FILTER (WHERE name = 'escrow.money-held'),
                   coalesce(sum((event #>> '{deal,amount,amount}')::bigint) FILTER (WHERE name = 'escrow.money-held'), 0),
                   count(*) FILTER (WHERE name = 'escrow.money-released'),
                   coalesce(sum((event #>> '{net,amount}')::bigint) FILTER (WHERE name = 'escrow.money-released'), 0),
                   coalesce(sum((event #>> '{fee,amount}')::bigint) FILTER (WHERE name = 'escrow.money-released'), 0),
                   count(*) FILTER (WHERE name = 'escrow.money-refunded'),
                   coalesce(sum(coalesce(event #>> '{part,amount}', event #>> '{deal,amount,amount}')::bigint)
                            FILTER (WHERE name = 'escrow.money-refunded'), 0)
              FROM journal WHERE kind = 'escrow' GROUP BY id
            """;
    private static final String DIFFERENCES = """
            SELECT 'job ' || coalesce(j.id, r.id) FROM (SELECT DISTINCT id FROM journal WHERE kind = 'job') j
              FULL JOIN job r ON r.id = j.id WHERE j.id IS NULL OR r.id IS NULL
            UNION ALL
            SELECT 'proposal ' || coalesce(j.id, r.id) FROM (SELECT DISTINCT id FROM journal WHERE kind = 'proposal') j
              FULL JOIN proposal r ON r.id = j.id WHERE j.id IS NULL OR r.id IS NULL
            UNION ALL
            SELECT 'contract ' || coalesce(j.id, r.id) FROM (SELECT DISTINCT id FROM journal WHERE kind = 'contract') j
              FULL JOIN contract r ON r.id = j.id WHERE j.id IS NULL OR r.id IS NULL
            """;
    private static final String PENDING_WORK = """
            SELECT concat_ws(' ', 'deadline', kind, entity_id, number) FROM deadline WHERE kind LIKE 'escrow%' AND due_at < now() + interval '5 minutes'
            UNION ALL SELECT 'webhook ' || event_id FROM sandbox.webhook_delivery WHERE delivered_at IS NULL
            UNION ALL SELECT 'payment ' || id FROM sandbox.payment_intent WHERE status = 'processing'
            UNION ALL SELECT 'transfer ' || id FROM sandbox.transfer WHERE status = 'processing'
            """;
    /** Nodes whose call the provider has accepted while the journal does not contain the result yet. */
    private static final String NODES_WITH_UNRECORDED_CALL = """
            SELECT asked_by FROM (
                SELECT asked_by, subject, attempt, created_at, 'charge' AS what FROM sandbox.payment_intent
                UNION ALL SELECT asked_by, subject, attempt, created_at, 'transfer' FROM sandbox.transfer) call
             WHERE created_at > now() - interval '5 seconds'
               AND NOT EXISTS (SELECT 1 FROM event_journal e
                                WHERE e.persistence_id = 'escrow|' || call.subject
                                  AND CASE call.what
                                      WHEN 'charge' THEN e.event_ser_manifest IN ('escrow.money-held', 'escrow.funding-unknown',
                                                              'escrow.funding-declined', 'escrow.action-required')
                                      ELSE e.event_ser_manifest IN ('escrow.money-released', 'escrow.release-unknown', 'escrow.release-failed') END)
             LIMIT 1
            """;

    /** A room's first event, that it was opened, concerns no client. */
    private static final String LIVE_EVENTS = """
            SELECT 'room:' || id AS channel, sequence_number AS number, event ->> 'messageId' FROM journal
             WHERE name IN ('room.said', 'room.system-message-posted')
            UNION ALL SELECT 'contract:' || id, sequence_number, '' FROM journal WHERE kind = 'contract'
            UNION ALL SELECT account_id, number, '' FROM live_entry
            ORDER BY channel, number
            """;

    /** The texts of users are unique; reports of contract events can have the same text. */
    private static final String MESSAGES = """
            SELECT event ->> 'messageId', CASE name WHEN 'room.said' THEN event ->> 'text' ELSE event ->> 'messageId' END FROM journal
             WHERE name IN ('room.said', 'room.system-message-posted')
            """;

    private final Connection connection;

    AuditQueries(String jdbcUrl) throws SQLException {
        this.connection = DriverManager.getConnection(jdbcUrl);
    }

    AuditData read() throws SQLException {
        var ledger = new HashMap<String, Long>();
        each(
                "SELECT account, sum(amount) FROM ledger_posting GROUP BY account",
                row -> ledger.put(row.getString(1), row.getLong(2)));
        var contracts = new HashMap<String, String>();
        each("SELECT id, status FROM contract", row -> contracts.put(row.getString(1), row.getString(2)));
        return new AuditData(
                events(),
                list(MESSAGES, row -> new RecordedMessage(row.getString(1), row.getString(2))),
                new HashSet<>(list("SELECT id FROM message", row -> row.getString(1))),
                list(
                        "SELECT event #>> '{details,title}' FROM journal WHERE name = 'job.posted'",
                        row -> row.getString(1)),
                escrows(),
                movements("payment_intent", "succeeded"),
                movements("transfer", "paid"),
                movements("refund", "succeeded"),
                number("SELECT count(*) FROM (SELECT movement FROM sandbox.balance_entry GROUP BY movement"
                        + " HAVING sum(amount) <> 0 OR count(*) <> 2) AS unbalanced"),
                number("SELECT coalesce(sum(amount), 0) FROM sandbox.balance_entry WHERE account = 'platform'"),
                ledger,
                number(
                        "SELECT count(*) FROM (SELECT escrow_id FROM ledger_posting GROUP BY escrow_id, sequence, currency"
                                + " HAVING sum(amount) <> 0) AS unbalanced"),
                list(DIFFERENCES, row -> row.getString(1)),
                contracts,
                pendingWork());
    }

    /** The events of all rooms, contracts and accounts, by {@code room:…}, {@code contract:…} and the account's id. */
    Map<String, List<Frame>> liveEvents() throws SQLException {
        var events = new HashMap<String, List<Frame>>();
        each(
                LIVE_EVENTS,
                row -> events.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                        .add(new Frame(row.getLong(2), row.getString(3))));
        return events;
    }

    /** What is still due, undelivered or in progress. */
    List<String> pendingWork() throws SQLException {
        return list(PENDING_WORK, row -> row.getString(1));
    }

    /** The address of a node whose call the provider has accepted and that has not recorded the result yet. */
    Optional<String> nodeWithUnrecordedCall() throws SQLException {
        return list(NODES_WITH_UNRECORDED_CALL, row -> row.getString(1)).stream()
                .findFirst();
    }

    private Map<EventKey, Long> events() throws SQLException {
        var events = new HashMap<EventKey, Long>();
        each(
                "SELECT kind, id, name, count(*) FROM journal GROUP BY kind, id, name",
                row -> events.put(new EventKey(row.getString(1), row.getString(2), row.getString(3)), row.getLong(4)));
        return events;
    }

    private Map<String, EscrowTotals> escrows() throws SQLException {
        var escrows = new HashMap<String, EscrowTotals>();
        each(
                ESCROWS,
                row -> escrows.put(
                        row.getString(1),
                        new EscrowTotals(
                                row.getLong(2),
                                row.getString(3),
                                row.getInt(4),
                                row.getLong(5),
                                row.getInt(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getInt(9),
                                row.getLong(10))));
        return escrows;
    }

    private List<ProviderMovement> movements(String table, String status) throws SQLException {
        return list(
                "SELECT subject, amount FROM sandbox." + table + " WHERE status = '" + status + "'",
                row -> new ProviderMovement(row.getString(1), row.getLong(2)));
    }

    private long number(String sql) throws SQLException {
        return list(sql, row -> row.getLong(1)).getFirst();
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, RowReader<T> reader) throws SQLException {
        var rows = new ArrayList<T>();
        each(sql, row -> rows.add(reader.read(row)));
        return rows;
    }

    private synchronized void each(String sql, RowReader<?> reader) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) reader.read(rows);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
