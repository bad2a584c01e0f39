package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.PaymentRecord.ReplyMode;
import io.guildhall.kernel.Ids;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.AccountState;
import io.guildhall.port.PaymentGateway.AccountStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Connected accounts. They are pending until their owners have verified their identity on the page of the sandbox. */
final class Accounts {
    private final InstantSource clock;
    private final RandomGenerator random;
    private final WebhookDeliveries deliveries;
    private final String node;

    Accounts(InstantSource clock, RandomGenerator random, WebhookDeliveries deliveries, SandboxSettings settings) {
        this.clock = clock;
        this.random = random;
        this.deliveries = deliveries;
        this.node = settings.node();
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
                Ids.mint("acct", clock.instant(), random),
                request.key(),
                Fingerprint.of(request),
                request.owner(),
                request.country(),
                node);
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
        if (row.isPresent() && changed > 0) deliveries.enqueue(connection, WebhookJson.account(row.get()));
        return row.isPresent();
    }

    /** Sets how transfers to the account are replied to. Returns whether the account exists. */
    boolean setReplyMode(Connection connection, String id, ReplyMode replyMode) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE sandbox.connected_account SET behaviour = ? WHERE id = ?",
                        replyMode.name().toLowerCase(Locale.ROOT),
                        id)
                > 0;
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
