package io.guildhall.adapter.sandbox;

import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Booking;
import io.guildhall.port.PaymentGateway.Bookings;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.Period;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

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

    /** The entries of the platform's account, each with the payment that it belongs to. */
    private static final String BOOKINGS = """
            SELECT e.id AS entry, split_part(e.movement, '#', 1) AS reference, e.movement LIKE '%#%' AS is_reversal,
                   abs(e.amount) AS amount, e.currency, e.at, of.kind, of.idempotency_key, of.subject, of.attempt
              FROM sandbox.balance_entry e
             CROSS JOIN LATERAL (
                   SELECT 'CHARGE' AS kind, idempotency_key, subject, attempt FROM sandbox.payment_intent WHERE id = split_part(e.movement, '#', 1)
                   UNION ALL
                   SELECT 'TRANSFER', idempotency_key, subject, attempt FROM sandbox.transfer WHERE id = split_part(e.movement, '#', 1)
                   UNION ALL
                   SELECT 'REFUND', idempotency_key, subject, attempt FROM sandbox.refund WHERE id = split_part(e.movement, '#', 1)) AS of
             WHERE e.account = 'platform' AND e.at < ? AND (e.at, e.id) > (?, ?)
             ORDER BY e.at, e.id LIMIT ?
            """;

    private record Row(long entry, Booking booking) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("entry"),
                    new Booking(
                            Movement.valueOf(row.getString("kind")),
                            row.getBoolean("is_reversal"),
                            row.getString("reference"),
                            new InstructionId(
                                    row.getString("idempotency_key"), row.getString("subject"), row.getInt("attempt")),
                            new Money(row.getLong("amount"), row.getString("currency")),
                            row.getTimestamp("at").toInstant()));
        }

        String cursor() {
            return booking.at() + "/" + entry;
        }
    }

    /** @param cursor the time and id of the last entry of the previous page */
    static Bookings bookings(Connection connection, Period period, Optional<String> cursor, int limit)
            throws SQLException {
        var after = cursor.map(it -> it.split("/", 2))
                .orElse(new String[] {period.from().toString(), "0"});
        var rows = Sql.list(
                connection,
                BOOKINGS,
                Row::read,
                Timestamp.from(period.until()),
                Timestamp.from(Instant.parse(after[0])),
                Long.parseLong(after[1]),
                limit + 1);
        if (rows.size() <= limit)
            return new Bookings.Listed(rows.stream().map(Row::booking).toList(), Optional.empty());
        var page = rows.subList(0, limit);
        return new Bookings.Listed(
                page.stream().map(Row::booking).toList(),
                Optional.of(page.getLast().cursor()));
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
