package io.guildhall.projections.view.ledger;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.NUMERIC;
import static io.guildhall.projections.store.SqlType.TEXT;

import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.ledger.LedgerColumns.PostingRow;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The running totals of the ledger: the tables {@code ledger_account} and {@code ledger_account_kind}. Each posting is
 * added to them in the transaction that inserts it.
 */
final class LedgerTotals {
    /**
     * @param account a ledger account, or a kind of ledger accounts
     * @param debits never negative
     * @param credits never negative
     */
    record Total(String account, String currency, BigDecimal debits, BigDecimal credits) {}

    static final Table<Total> ACCOUNTS = table("ledger_account", "account");
    static final Table<Total> KINDS = table("ledger_account_kind", "kind");

    private LedgerTotals() {}

    private static Table<Total> table(String name, String key) {
        var columns = RecordColumns.of(
                Total.class,
                column(key, TEXT, Total::account).ofComponent("account"),
                column("currency", TEXT, Total::currency),
                column("debits", NUMERIC, Total::debits),
                column("credits", NUMERIC, Total::credits));
        return new Table<>(name, columns, key, "currency");
    }

    /**
     * Lets one transaction at a time change totals, since every one changes some of the same rows. Adds what nodes of
     * the previous version have posted.
     */
    static void lock(Connection connection) throws SQLException {
        Sql.list(connection, "SELECT pg_advisory_xact_lock(hashtextextended('ledger-totals', 0))", _ -> true);
        var others = Sql.list(
                connection,
                "UPDATE ledger_posting SET in_totals = true WHERE NOT in_totals RETURNING *",
                LedgerColumns.ROW);
        add(connection, others);
    }

    static void add(Connection connection, List<PostingRow> rows) throws SQLException {
        add(connection, "ledger_account", "account", rows, account -> account);
        add(connection, "ledger_account_kind", "kind", rows, LedgerTotals::kind);
    }

    /** The part of an account's name before the colon, such as {@code escrow}. */
    private static String kind(String account) {
        int colon = account.indexOf(':');
        return colon < 0 ? account : account.substring(0, colon);
    }

    private static void add(
            Connection connection, String table, String key, List<PostingRow> rows, UnaryOperator<String> name)
            throws SQLException {
        Sql.updateEach(
                connection,
                """
                INSERT INTO %1$s (%2$s, currency, debits, credits) VALUES (?, ?, ?, ?)
                ON CONFLICT (%2$s, currency) DO UPDATE
                   SET debits = %1$s.debits + excluded.debits, credits = %1$s.credits + excluded.credits
                """.formatted(table, key),
                rows.stream()
                        .map(it -> new Object[] {
                            name.apply(it.account()),
                            it.currency(),
                            BigDecimal.valueOf(Math.max(it.amount(), 0)),
                            BigDecimal.valueOf(Math.min(it.amount(), 0)).negate()
                        })
                        .toList());
    }
}
