package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.PaymentRecord.ReplyMode;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.PaymentResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Transfers from a charge to a connected account: never more than is available, and only to verified accounts. */
final class Transfers {
    private static final String COLUMNS =
            "id, idempotency_key, subject, attempt, amount, currency, destination, status, error_code";

    private final SandboxContext context;

    Transfers(SandboxContext context) {
        this.context = context;
    }

    PaymentRecord create(Connection connection, Transfer transfer) throws SQLException {
        BalanceEntries.lock(connection, transfer.charge());
        var known = find(connection, transfer.id().key());
        if (known.isPresent()) return existing(connection, transfer, known.get());
        var account = Accounts.findById(connection, transfer.account());
        var error = error(connection, transfer, account);
        var replyMode = account.map(Accounts.Row::replyMode).orElse(ReplyMode.PROMPT);
        var status = error.isPresent() ? "failed" : replyMode == ReplyMode.LATE ? "processing" : "paid";
        var id = context.newId("tr");
        var instruction = transfer.id();
        int inserted = Sql.update(
                connection,
                """
                INSERT INTO sandbox.transfer (id, idempotency_key, fingerprint, subject, attempt, source, destination, amount, currency,
                       status, error_code, asked_by, settles_at, settled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        CASE WHEN ?::text = 'processing' THEN clock_timestamp() + ? * interval '1 ms' END,
                        CASE WHEN ?::text <> 'processing' THEN clock_timestamp() END)
                ON CONFLICT (idempotency_key) DO NOTHING
                """,
                id,
                instruction.key(),
                Fingerprint.of(transfer),
                instruction.subject(),
                instruction.attempt(),
                transfer.charge(),
                transfer.account(),
                transfer.amount().amount(),
                transfer.amount().currency(),
                status,
                error.orElse(null),
                context.settings().node(),
                status,
                context.settings().latePaymentDelay().toMillis(),
                status);
        var record = find(connection, instruction.key()).orElseThrow();
        if (inserted == 0) return existing(connection, transfer, record);
        if (status.equals("paid")) pay(connection, id, transfer.account(), transfer.amount());
        context.deliveries().enqueue(connection, WebhookJson.transfer(record));
        return new PaymentRecord(
                id,
                instruction,
                transfer.amount(),
                record.result(),
                error.isPresent() ? ReplyMode.PROMPT : replyMode,
                true);
    }

    private static PaymentRecord existing(Connection connection, Transfer transfer, PaymentRecord known)
            throws SQLException {
        Fingerprint.requireSame(connection, "transfer", transfer);
        return known;
    }

    private static Optional<String> error(Connection connection, Transfer transfer, Optional<Accounts.Row> account)
            throws SQLException {
        if (account.isEmpty()) return Optional.of("resource_missing");
        if (!account.get().status().equals("verified")) return Optional.of("insufficient_capabilities_for_transfer");
        if (transfer.amount().amount() > BalanceEntries.available(connection, transfer.charge()))
            return Optional.of("balance_insufficient");
        return Optional.empty();
    }

    Optional<PaymentRecord> find(Connection connection, String key) throws SQLException {
        return Sql.one(
                connection,
                "SELECT " + COLUMNS + " FROM sandbox.transfer WHERE idempotency_key = ?",
                Transfers::record,
                key);
    }

    Optional<PaymentRecord> findById(Connection connection, String id) throws SQLException {
        return Sql.one(connection, "SELECT " + COLUMNS + " FROM sandbox.transfer WHERE id = ?", Transfers::record, id);
    }

    void settleDue(Connection connection) throws SQLException {
        record Due(PaymentRecord payment, String destination) {}
        var due = Sql.list(connection, """
                UPDATE sandbox.transfer SET status = 'paid', settled_at = clock_timestamp()
                WHERE id IN (SELECT id FROM sandbox.transfer
                             WHERE status = 'processing' AND settles_at <= clock_timestamp() FOR UPDATE SKIP LOCKED)
                RETURNING\s""" + COLUMNS, row -> new Due(record(row), row.getString("destination")));
        for (var transfer : due) {
            pay(
                    connection,
                    transfer.payment().id(),
                    transfer.destination(),
                    transfer.payment().amount());
            context.deliveries().enqueue(connection, WebhookJson.transfer(transfer.payment()));
        }
    }

    private static void pay(Connection connection, String id, String account, Money amount) throws SQLException {
        BalanceEntries.add(connection, id, BalanceEntries.PLATFORM, account, amount);
    }

    private static PaymentRecord record(ResultSet row) throws SQLException {
        return new PaymentRecord(
                row.getString("id"),
                new InstructionId(row.getString("idempotency_key"), row.getString("subject"), row.getInt("attempt")),
                amount(row),
                result(row),
                ReplyMode.PROMPT,
                false);
    }

    private static PaymentResult result(ResultSet row) throws SQLException {
        return switch (row.getString("status")) {
            case "processing" -> new PaymentResult.Pending(row.getString("id"));
            case "paid" -> new PaymentResult.Succeeded(row.getString("id"), amount(row));
            case "failed" -> new PaymentResult.Declined(row.getString("error_code"));
            case String other ->
                throw new IllegalStateException("unexpected status in the sandbox's records: " + other);
        };
    }

    private static Money amount(ResultSet row) throws SQLException {
        return new Money(row.getLong("amount"), row.getString("currency"));
    }
}
