package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.PaymentRecord.ReplyMode;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Charges of cards, called payment intents. */
final class Charges {
    private static final String COLUMNS =
            "id, idempotency_key, subject, attempt, amount, currency, payment_method, status, error_code, client_secret";

    private final SandboxContext context;

    Charges(SandboxContext context) {
        this.context = context;
    }

    PaymentRecord create(Connection connection, Charge charge) throws SQLException {
        var card = TestCard.find(charge.paymentMethod());
        var id = insert(connection, charge, charge.id().key(), card);
        if (id.isEmpty()) return existing(connection, charge);
        var record = register(connection, id.get(), card);
        if (card == TestCard.CHARGED_TWICE)
            register(
                    connection,
                    insert(connection, charge, charge.id().key() + "#2", card).orElseThrow(),
                    card);
        return record;
    }

    /** Books the charge if it has succeeded, and sends its webhook. */
    private PaymentRecord register(Connection connection, String id, TestCard card) throws SQLException {
        var record = findById(connection, id, card.replyMode, true).orElseThrow();
        if (record.result() instanceof PaymentResult.Succeeded) addReceipt(connection, id, record.amount());
        context.deliveries().enqueue(connection, WebhookJson.charge(record));
        return record;
    }

    /** Returns the id of the new record; empty if the key is in use. */
    private Optional<String> insert(Connection connection, Charge charge, String key, TestCard card)
            throws SQLException {
        var instruction = charge.id();
        var id = context.newId("pi");
        return Sql.one(
                connection,
                """
                INSERT INTO sandbox.payment_intent (id, idempotency_key, fingerprint, subject, attempt, amount, currency,
                       payment_method, status, error_code, client_secret, asked_by, settles_at, settled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        CASE WHEN ? THEN clock_timestamp() + ? * interval '1 ms' END,
                        CASE WHEN ?::text IN ('succeeded', 'failed') THEN clock_timestamp() END)
                ON CONFLICT (idempotency_key) DO NOTHING RETURNING id
                """,
                row -> row.getString("id"),
                id,
                key,
                Fingerprint.of(charge),
                instruction.subject(),
                instruction.attempt(),
                card.charged(charge.amount().amount()),
                charge.amount().currency(),
                charge.paymentMethod(),
                card.status,
                card.code,
                id + "_secret_" + Long.toHexString(context.random().nextLong()),
                context.settings().node(),
                card.succeedsLater,
                context.settings().latePaymentDelay().toMillis(),
                card.status);
    }

    private PaymentRecord existing(Connection connection, Charge charge) throws SQLException {
        Fingerprint.requireSame(connection, "payment_intent", charge);
        return find(connection, charge.id().key()).orElseThrow();
    }

    Optional<PaymentRecord> find(Connection connection, String key) throws SQLException {
        return Sql.one(
                connection,
                "SELECT " + COLUMNS + " FROM sandbox.payment_intent WHERE idempotency_key = ?",
                row -> record(row, ReplyMode.PROMPT, false),
                key);
    }

    Optional<PaymentRecord> findById(Connection connection, String id) throws SQLException {
        return findById(connection, id, ReplyMode.PROMPT, false);
    }

    /** Completes the late charges that are due. */
    void settleDue(Connection connection) throws SQLException {
        List<PaymentRecord> due = Sql.list(connection, """
                UPDATE sandbox.payment_intent SET status = 'succeeded', error_code = NULL, settled_at = clock_timestamp()
                WHERE id IN (SELECT id FROM sandbox.payment_intent
                             WHERE status IN ('processing', 'failed') AND settles_at <= clock_timestamp()
                               FOR UPDATE SKIP LOCKED)
                RETURNING\s""" + COLUMNS, row -> record(row, ReplyMode.PROMPT, false));
        for (var record : due) {
            addReceipt(connection, record.id(), record.amount());
            context.deliveries().enqueue(connection, WebhookJson.charge(record));
        }
    }

    /**
     * Confirms a charge for the payer. Returns whether the secret was right and the charge required the confirmation.
     */
    boolean confirm(Connection connection, String id, String clientSecret) throws SQLException {
        return resolve(connection, id, """
                UPDATE sandbox.payment_intent SET status = 'succeeded', settled_at = clock_timestamp()
                WHERE id = ? AND client_secret = ? AND status = 'requires_action'
                """, id, clientSecret);
    }

    void cancel(Connection connection, String key) throws SQLException {
        var record = find(connection, key);
        if (record.isEmpty()) return;
        resolve(connection, record.get().id(), """
                UPDATE sandbox.payment_intent SET status = 'canceled', error_code = 'canceled', settled_at = clock_timestamp()
                WHERE id = ? AND status = 'requires_action'
                """, record.get().id());
    }

    private boolean resolve(Connection connection, String id, String update, @Nullable Object... parameters)
            throws SQLException {
        if (Sql.update(connection, update, parameters) == 0) return false;
        var record = findById(connection, id, ReplyMode.PROMPT, false).orElseThrow();
        if (record.result() instanceof PaymentResult.Succeeded) addReceipt(connection, id, record.amount());
        context.deliveries().enqueue(connection, WebhookJson.charge(record));
        return true;
    }

    private static void addReceipt(Connection connection, String id, Money amount) throws SQLException {
        BalanceEntries.add(connection, id, BalanceEntries.CARDS, BalanceEntries.PLATFORM, amount);
    }

    private static Optional<PaymentRecord> findById(
            Connection connection, String id, ReplyMode replyMode, boolean isNew) throws SQLException {
        return Sql.one(
                connection,
                "SELECT " + COLUMNS + " FROM sandbox.payment_intent WHERE id = ?",
                row -> record(row, replyMode, isNew),
                id);
    }

    private static PaymentRecord record(ResultSet row, ReplyMode replyMode, boolean isNew) throws SQLException {
        return new PaymentRecord(
                row.getString("id"),
                new InstructionId(row.getString("idempotency_key"), row.getString("subject"), row.getInt("attempt")),
                amount(row),
                result(row),
                replyMode,
                isNew);
    }

    private static PaymentResult result(ResultSet row) throws SQLException {
        var id = row.getString("id");
        return switch (row.getString("status")) {
            case "processing" -> new PaymentResult.Pending(id);
            case "requires_action" -> new PaymentResult.ActionRequired(id, row.getString("client_secret"));
            case "succeeded" -> new PaymentResult.Succeeded(id, amount(row));
            case "failed", "canceled" -> new PaymentResult.Declined(row.getString("error_code"));
            case String other ->
                throw new IllegalStateException("unexpected status in the sandbox's records: " + other);
        };
    }

    private static Money amount(ResultSet row) throws SQLException {
        return new Money(row.getLong("amount"), row.getString("currency"));
    }
}
