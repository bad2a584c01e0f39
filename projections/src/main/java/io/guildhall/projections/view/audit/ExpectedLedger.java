package io.guildhall.projections.view.audit;

import static java.util.stream.Collectors.groupingBy;

import io.guildhall.projections.store.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the balances of the ledger must be by the sums of the events, and where they differ. */
public final class ExpectedLedger {
    private ExpectedLedger() {}

    /** An entity with the sums of its events up to a version. */
    public record Entity(String id, String currency, long version, Map<String, Long> balances) {}

    public static Entity readEntity(ResultSet row) throws SQLException {
        var entity = AuditTables.ENTITY_ROW.read(row);
        return new Entity(entity.id(), entity.currency(), row.getLong("version"), balances(entity));
    }

    private static Map<String, Long> balances(AuditTables.EntityRow entity) {
        var it = entity.amounts();
        var balances = new TreeMap<String, Long>();
        balances.put("provider-cash", it.cash());
        balances.put("escrow:" + entity.id(), -it.held() - it.reserved());
        balances.put("payable:" + entity.freelancerId(), -it.owed());
        balances.put("revenue:fees", -it.fees());
        balances.put("surplus:" + entity.id(), -it.surplus());
        balances.put("write-offs", -it.writtenOff());
        return balances;
    }

    /** @param difference how much too high an account is, in minor units; negative if it is too low */
    public record Difference(String account, long difference) {
        /** Such as "escrow:esc_1 +500, provider-cash -500". */
        public static String describe(List<Difference> all) {
            return Imbalance.describe(imbalances(all));
        }

        public static long largest(List<Difference> all) {
            return Imbalance.largest(imbalances(all));
        }

        private static List<Imbalance> imbalances(List<Difference> all) {
            return all.stream()
                    .map(it -> new Imbalance(it.account, it.difference))
                    .toList();
        }
    }

    /** The differences of each entity, in the order of the entities. */
    public static Map<Entity, List<Difference>> compare(Connection connection, List<Entity> entities)
            throws SQLException {
        record Sum(String id, String account, long amount) {}
        var actual = Sql.list(
                        connection,
                        """
                        SELECT p.escrow_id, p.account, p.currency, sum(p.amount) AS amount, e.currency AS expected
                          FROM unnest(?::text[], ?::bigint[], ?::text[]) AS e (id, version, currency)
                          JOIN ledger_posting p ON p.escrow_id = e.id AND p.sequence <= e.version
                         GROUP BY p.escrow_id, p.account, p.currency, e.currency
                        """,
                        row -> new Sum(
                                row.getString("escrow_id"),
                                row.getString("currency").equals(row.getString("expected"))
                                        ? row.getString("account")
                                        : row.getString("account") + " " + row.getString("currency"),
                                row.getLong("amount")),
                        Sql.texts(entities.stream().map(Entity::id).toList()),
                        Sql.longs(entities.stream().map(Entity::version).toList()),
                        Sql.texts(entities.stream().map(Entity::currency).toList()))
                .stream()
                .collect(groupingBy(Sum::id));
        var differences = new LinkedHashMap<Entity, List<Difference>>();
        for (var entity : entities) {
            var balances = new TreeMap<String, Long>();
            for (var it : actual.getOrDefault(entity.id(), List.of())) balances.put(it.account(), it.amount());
            differences.put(entity, differences(balances, entity.balances()));
        }
        return differences;
    }

    private static List<Difference> differences(Map<String, Long> actual, Map<String, Long> expected) {
        var all = new TreeMap<>(actual);
        expected.forEach((account, amount) -> all.merge(account, -amount, Math::addExact));
        return all.entrySet().stream()
                .filter(it -> it.getValue() != 0)
                .map(it -> new Difference(it.getKey(), it.getValue()))
                .toList();
    }

    /** A sum of postings that no event accounts for. */
    public record UnexplainedPosting(String id, String account, String currency, long amount) {}

    public static UnexplainedPosting readUnexplained(ResultSet row) throws SQLException {
        return new UnexplainedPosting(
                row.getString("escrow_id"), row.getString("account"), row.getString("currency"), row.getLong("amount"));
    }

    /** The unexplained postings of one entity in one currency. */
    public record UnexplainedPostings(String id, String currency, List<Difference> differences) {}

    public static List<UnexplainedPostings> byEntity(List<UnexplainedPosting> all) {
        record Key(String id, String currency) {}
        return all.stream().collect(groupingBy(it -> new Key(it.id(), it.currency()))).entrySet().stream()
                .map(it -> new UnexplainedPostings(
                        it.getKey().id(),
                        it.getKey().currency(),
                        it.getValue().stream()
                                .map(posting -> new Difference(posting.account(), posting.amount()))
                                .toList()))
                .toList();
    }

    /** Whether the ledger and the auditor have handled the same events: no event is between their positions. */
    public static boolean haveHandledTheSame(Connection connection) throws SQLException {
        return Sql.list(connection, """
                        SELECT NOT EXISTS (
                                   SELECT FROM follower_position a
                                     LEFT JOIN follower_position l
                                       ON l.follower = 'ledger' AND (l.kind, l.first_slice, l.last_slice) = (a.kind, a.first_slice, a.last_slice)
                                    WHERE a.follower = 'audit'
                                      AND (l.kind IS NULL OR EXISTS (
                                           SELECT FROM event_journal j
                                            WHERE j.kind = a.kind AND journal_slice(j.persistence_id) BETWEEN a.first_slice AND a.last_slice
                                              AND (j.xid, j.ordering) > least((a.xid, a.ordering), (l.xid, l.ordering))
                                              AND (j.xid, j.ordering) <= greatest((a.xid, a.ordering), (l.xid, l.ordering)))))
                           AND NOT EXISTS (SELECT FROM parked_entity WHERE follower IN ('audit', 'ledger'))
                        """, row -> row.getBoolean(1)).getFirst();
    }

    /** The differences between the running totals in one currency. */
    public record Totals(String currency, List<Difference> differences) {}

    public static List<Totals> differencesOfTotals(Connection connection) throws SQLException {
        record Total(String kind, String currency, BigDecimal difference) {}
        var all = Sql.list(connection, """
                SELECT kind, currency, sum(amount) AS difference
                  FROM (SELECT kind, currency, debits - credits AS amount FROM ledger_account_kind
                        UNION ALL
                        SELECT x.kind, t.currency, -x.amount
                          FROM audit_total t
                         CROSS JOIN LATERAL (VALUES ('provider-cash', charged - paid - refunded + surplus + written_off),
                                                    ('escrow', -held - reserved), ('payable', -owed), ('revenue', -fees), ('surplus', -surplus),
                                                    ('write-offs', -written_off)) AS x (kind, amount)) AS both_sides
                 GROUP BY kind, currency HAVING sum(amount) <> 0 ORDER BY kind, currency
                """, row -> new Total(row.getString(1), row.getString(2), row.getBigDecimal(3)));
        var byCurrency = new TreeMap<String, List<Difference>>();
        for (var it : all)
            byCurrency
                    .computeIfAbsent(it.currency(), _ -> new ArrayList<>())
                    .add(new Difference(it.kind(), it.difference().longValueExact()));
        return byCurrency.entrySet().stream()
                .map(it -> new Totals(it.getKey(), it.getValue()))
                .toList();
    }
}
