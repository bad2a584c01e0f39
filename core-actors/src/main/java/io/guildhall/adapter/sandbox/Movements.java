package io.guildhall.adapter.sandbox;

import io.guildhall.kernel.Money;
import java.sql.Connection;
import java.sql.SQLException;

/** The provider's double entry: what one account gains in a movement another loses. */
final class Movements {
    static final String CARDS = "cards";
    static final String PLATFORM = "platform";

    private Movements() {}

    static void move(Connection connection, String movement, String from, String to, Money amount) throws SQLException {
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

    /** What has not yet left a charge, for a transfer or back to the card. The caller holds the charge's lock. */
    static long left(Connection connection, String charge) throws SQLException {
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
