package io.guildhall.projections.audit;

import io.guildhall.kernel.Money;
import io.guildhall.projections.audit.AuditRuns.Counts;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.audit.ExpectedLedger;
import io.guildhall.projections.view.audit.ExpectedLedger.Difference;
import io.guildhall.projections.view.audit.ExpectedLedger.Entity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Compares the postings of the ledger with the sums of the events. An entity is compared when the ledger has handled
 * the same events, so that neither follower's delay is a difference.
 */
final class LedgerComparison {
    private static final int PAGE = 500;

    private static final List<String> TABLES = List.of("ledger_posting", "ledger_account", "ledger_account_kind");
    /** All ids sort before the tilde. */
    private static final String END = "~";

    /** The ledger has handled the last event of {@code a}, the row of an entity. */
    private static final String LEDGER_IS_UP_TO_DATE = """
            EXISTS (SELECT FROM event_journal j
                      JOIN follower_position p ON p.kind = j.kind AND p.follower = 'ledger'
                       AND journal_slice(j.persistence_id) BETWEEN p.first_slice AND p.last_slice
                     WHERE j.persistence_id = a.kind || '|' || a.id AND j.sequence_number = a.version
                       AND (j.xid, j.ordering) <= (p.xid, p.ordering))
            AND NOT EXISTS (SELECT FROM parked_entity e WHERE e.follower = 'ledger' AND e.kind = a.kind AND e.entity_id = a.id)
            """;

    /** Postings that no event of their entity accounts for, or whose event the auditor has handled as one without money. */
    private static final String UNEXPLAINED_POSTINGS = """
            SELECT p.escrow_id, p.account, p.currency, sum(p.amount) AS amount
              FROM ledger_posting p
              LEFT JOIN audit_entity a ON a.id = p.escrow_id
             WHERE p.escrow_id > ? AND p.escrow_id <= ? AND p.sequence > coalesce(a.version, 0)
               AND NOT EXISTS (SELECT FROM event_journal j
                                 JOIN follower_position r ON r.kind = j.kind AND r.follower = 'audit'
                                  AND journal_slice(j.persistence_id) BETWEEN r.first_slice AND r.last_slice
                                WHERE j.persistence_id IN ('escrow|' || p.escrow_id, 'discrepancy|' || p.escrow_id)
                                  AND j.sequence_number = p.sequence AND (j.xid, j.ordering) > (r.xid, r.ordering))
               AND NOT EXISTS (SELECT FROM parked_entity e WHERE e.follower = 'audit' AND e.entity_id = p.escrow_id)
             GROUP BY p.escrow_id, p.account, p.currency ORDER BY p.escrow_id, p.account
            """;

    private final ReadDatabase database;
    private final Findings findings;

    LedgerComparison(ReadDatabase database, Findings findings) {
        this.database = database;
        this.findings = findings;
    }

    /**
     * Compares the entities that have changed since they were compared.
     *
     * @return whether there may be more
     */
    boolean compareChanged() throws SQLException {
        var entities = inSnapshot(
                connection -> compare(connection, list(connection, """
                SELECT a.* FROM audit_entity a WHERE a.checked_version < a.version AND %s ORDER BY a.id LIMIT ?
                """.formatted(LEDGER_IS_UP_TO_DATE), PAGE)));
        for (var it : entities) report(it.entity().id(), it.entity().currency(), it.differences());
        database.queryBlocking(connection -> {
            Sql.updateEach(
                    connection,
                    "UPDATE audit_entity SET checked_version = ? WHERE id = ? AND checked_version < ?",
                    entities.stream()
                            .map(it -> new Object[] {
                                it.entity().version(),
                                it.entity().id(),
                                it.entity().version()
                            })
                            .toList());
            return true;
        });
        return entities.size() == PAGE;
    }

    /** Compares a page of all entities, and finds postings without one. */
    Page comparePage(String cursor) throws SQLException {
        return inSnapshot(connection -> {
            var ids = Sql.list(
                    connection,
                    "SELECT id FROM audit_entity WHERE id > ? ORDER BY id LIMIT ?",
                    row -> row.getString(1),
                    cursor,
                    PAGE);
            var last = ids.size() == PAGE ? ids.getLast() : END;
            var compared = compare(connection, list(connection, """
                    SELECT a.* FROM audit_entity a WHERE a.id > ? AND a.id <= ? AND %s ORDER BY a.id
                    """.formatted(LEDGER_IS_UP_TO_DATE), cursor, last));
            return new Page(
                    compared,
                    Sql.list(connection, UNEXPLAINED_POSTINGS, ExpectedLedger::readUnexplained, cursor, last),
                    ids.size() == PAGE ? Optional.of(last) : Optional.empty());
        });
    }

    /** @param next the cursor of the next page; empty on the last page */
    record Page(List<Compared> compared, List<ExpectedLedger.UnexplainedPosting> unexplained, Optional<String> next) {}

    record Compared(Entity entity, List<Difference> differences) {}

    Counts report(Page page) throws SQLException {
        long differences = 0;
        for (var it : page.compared()) {
            if (!it.differences().isEmpty()) differences++;
            report(it.entity().id(), it.entity().currency(), it.differences());
        }
        for (var it : ExpectedLedger.byEntity(page.unexplained())) {
            differences++;
            report(it.id(), it.currency(), it.differences());
        }
        return new Counts(page.compared().size(), 0, 0, 0, differences);
    }

    private void report(String id, String currency, List<Difference> differences) {
        if (differences.isEmpty()) return;
        findings.report(
                id,
                "ledger: " + Difference.describe(differences),
                new Money(Difference.largest(differences), currency));
    }

    /**
     * Compares the running totals of the ledger with those of the auditor, if both have handled the same events.
     *
     * @return whether they were compared
     */
    boolean compareTotals() throws SQLException {
        var differences = inSnapshot(connection -> ExpectedLedger.haveHandledTheSame(connection)
                ? Optional.of(ExpectedLedger.differencesOfTotals(connection))
                : Optional.<List<ExpectedLedger.Totals>>empty());
        for (var it : differences.orElse(List.of())) report("ledger", it.currency(), it.differences());
        return differences.isPresent();
    }

    private static List<Entity> list(Connection connection, String sql, Object... values) throws SQLException {
        return Sql.list(connection, sql, ExpectedLedger::readEntity, values);
    }

    private static List<Compared> compare(Connection connection, List<Entity> entities) throws SQLException {
        return ExpectedLedger.compare(connection, entities).entrySet().stream()
                .map(it -> new Compared(it.getKey(), it.getValue()))
                .toList();
    }

    /** All statements see the same state of the database. */
    private <T> T inSnapshot(ReadDatabase.Query<T> query) throws SQLException {
        return database.queryBlocking(connection -> ReadDatabase.inSnapshot(connection, TABLES, query));
    }
}
