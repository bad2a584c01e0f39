package io.guildhall.adapter.sandbox;

import io.guildhall.kernel.Money;
import java.sql.Connection;
import java.sql.SQLException;

/** The double-entry records of the sandbox: each movement adds to one account what it takes from another. */
final class BalanceEntries {
    static final String CARDS = "cards";
    static final String PLATFORM = "platform";

    private BalanceEntries() {}

    static void add(Connection connection, String movement, String from, String to, Money amount) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO sandbox.balance_entry (movement, account, amount, currency)
                VALUES (?, ?, ?, ?), (?, ?, ?, ?)
                """,
                movement,
                from,
                -amount.amount(),
                amount.currency(),
                movement,
                to,
                amount.amount(),
                amount.currency());
    }

    /**
     * The amount of a charge that was neither transferred nor refunded, in minor units. The caller must hold the lock
     * of the charge.
     */
    static long available(Connection connection, String charge) throws SQLException {
        return Sql.one(connection, """
                SELECT p.amount
                       - coalesce((SELECT sum(amount) FROM sandbox.transfer WHERE source = p.id AND status <> 'failed'), 0)
                       - coalesce((SELECT sum(amount) FROM sandbox.refund WHERE payment = p.id AND status <> 'failed'), 0)
                FROM sandbox.payment_intent p WHERE p.id = ? AND p.status = 'succeeded'
                """, row -> row.getLong(1), charge).orElse(0L);
    }

    static void lock(Connection connection, String charge) throws SQLException {
        Sql.one(
                connection,
                "SELECT id FROM sandbox.payment_intent WHERE id = ? FOR UPDATE",
                row -> row.getString(1),
                charge);
    }
}
