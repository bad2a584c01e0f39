package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.PaymentRecord.ReplyMode;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Refunds from a charge to its card, never more than is available. */
final class Refunds {
    private static final String COLUMNS = "id, idempotency_key, subject, attempt, amount, currency, status, error_code";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM sandbox.refund";

    private final SandboxContext context;

    Refunds(SandboxContext context) {
        this.context = context;
    }

    PaymentRecord create(Connection connection, Refund refund) throws SQLException {
        BalanceEntries.lock(connection, refund.charge());
        var known = find(connection, refund.id().key());
        if (known.isPresent()) return existing(connection, refund, known.get());
        boolean isCovered = refund.amount().amount() <= BalanceEntries.available(connection, refund.charge());
        var id = context.newId("re");
        var instruction = refund.id();
        int inserted = Sql.update(
                connection,
                """
                INSERT INTO sandbox.refund (id, idempotency_key, fingerprint, subject, attempt, payment, amount, currency, status, error_code, asked_by, fails_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        (SELECT clock_timestamp() + ? * interval '1 ms' FROM sandbox.payment_intent
                          WHERE id = ? AND payment_method = ?))
                ON CONFLICT (idempotency_key) DO NOTHING
                """,
                id,
                instruction.key(),
                Fingerprint.of(refund),
                instruction.subject(),
                instruction.attempt(),
                refund.charge(),
                refund.amount().amount(),
                refund.amount().currency(),
                isCovered ? "succeeded" : "failed",
                isCovered ? null : "charge_already_refunded",
                context.settings().node(),
                context.settings().latePaymentDelay().toMillis(),
                refund.charge(),
                TestCard.REFUND_FAILS_LATER.method);
        var record = find(connection, instruction.key()).orElseThrow();
        if (inserted == 0) return existing(connection, refund, record);
        if (isCovered)
            BalanceEntries.add(connection, id, BalanceEntries.PLATFORM, BalanceEntries.CARDS, refund.amount());
        context.deliveries().enqueue(connection, WebhookJson.refund(record));
        return record;
    }

    /** Fails the refunds that the card's bank sends back. */
    void settleDue(Connection connection) throws SQLException {
        var failed = Sql.list(connection, """
                UPDATE sandbox.refund SET status = 'failed', error_code = 'lost_or_stolen_card', fails_at = NULL
                WHERE id IN (SELECT id FROM sandbox.refund
                             WHERE status = 'succeeded' AND fails_at <= clock_timestamp() FOR UPDATE SKIP LOCKED)
                RETURNING\s""" + COLUMNS, Refunds::record);
        for (var refund : failed) {
            BalanceEntries.add(
                    connection,
                    refund.id() + "#failed",
                    BalanceEntries.CARDS,
                    BalanceEntries.PLATFORM,
                    refund.amount());
            context.deliveries().enqueue(connection, WebhookJson.refund(refund));
        }
    }

    private static PaymentRecord existing(Connection connection, Refund refund, PaymentRecord known)
            throws SQLException {
        Fingerprint.requireSame(connection, "refund", refund);
        return known;
    }

    Optional<PaymentRecord> find(Connection connection, String key) throws SQLException {
        return Sql.one(connection, SELECT + " WHERE idempotency_key = ?", Refunds::record, key);
    }

    Optional<PaymentRecord> findById(Connection connection, String id) throws SQLException {
        return Sql.one(connection, SELECT + " WHERE id = ?", Refunds::record, id);
    }

    private static PaymentRecord record(ResultSet row) throws SQLException {
        var id = row.getString("id");
        var result = switch (row.getString("status")) {
            case "succeeded" -> new PaymentResult.Succeeded(id, amount(row));
            case "failed" -> new PaymentResult.Declined(row.getString("error_code"));
            case String other ->
                throw new IllegalStateException("unexpected status in the sandbox's records: " + other);
        };
        return new PaymentRecord(
                id,
                new InstructionId(row.getString("idempotency_key"), row.getString("subject"), row.getInt("attempt")),
                amount(row),
                result,
                ReplyMode.PROMPT,
                false);
    }

    private static Money amount(ResultSet row) throws SQLException {
        return new Money(row.getLong("amount"), row.getString("currency"));
    }
}
