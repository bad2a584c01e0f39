package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.PaymentRecord.ReplyMode;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.AccountState;
import io.guildhall.port.PaymentGateway.AccountStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Connected accounts. They are pending until their owners have verified their identity on the page of the sandbox. */
final class Accounts {
    private final SandboxContext context;

    Accounts(SandboxContext context) {
        this.context = context;
    }

    record Row(String id, String owner, String status, Instant changedAt, ReplyMode replyMode, String fingerprint) {
        AccountState state() {
            return new AccountState(AccountStatus.valueOf(status.toUpperCase(Locale.ROOT)), changedAt);
        }
    }

    Row open(Connection connection, AccountRequest request) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO sandbox.connected_account (id, idempotency_key, fingerprint, owner, country, status, asked_by)
                VALUES (?, ?, ?, ?, ?, 'pending', ?)
                ON CONFLICT (idempotency_key) DO NOTHING
                """,
                context.newId("acct"),
                request.key(),
                Fingerprint.of(request),
                request.owner(),
                request.country(),
                context.settings().node());
        var row = Sql.one(connection, selectBy("idempotency_key"), Accounts::row, request.key())
                .orElseThrow();
        Fingerprint.requireSame(request.key(), row.fingerprint(), Fingerprint.of(request));
        return row;
    }

    static Optional<Row> findById(Connection connection, String id) throws SQLException {
        return Sql.one(connection, selectBy("id"), Accounts::row, id);
    }

    /**
     * Sets the result of the verification, and sends a webhook if the status has changed. Returns whether the account
     * exists.
     */
    boolean completeVerification(Connection connection, String id, AccountStatus outcome) throws SQLException {
        int changed = Sql.update(connection, """
                UPDATE sandbox.connected_account
                   SET status = ?, changed_at = greatest(clock_timestamp(), changed_at + interval '1 microsecond')
                 WHERE id = ? AND status <> ?
                """, column(outcome), id, column(outcome));
        var row = findById(connection, id);
        if (row.isPresent() && changed > 0) context.deliveries().enqueue(connection, WebhookJson.account(row.get()));
        return row.isPresent();
    }

    private static String column(AccountStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String selectBy(String column) {
        return "SELECT id, owner, status, changed_at, behaviour, fingerprint FROM sandbox.connected_account WHERE "
                + column + " = ?";
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("owner"),
                row.getString("status"),
                row.getTimestamp("changed_at").toInstant(),
                ReplyMode.valueOf(row.getString("behaviour").toUpperCase(Locale.ROOT)),
                row.getString("fingerprint"));
    }
}
