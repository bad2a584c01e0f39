package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.Entry.Manner;
import io.guildhall.kernel.Ids;
import io.guildhall.port.PaymentGateway.AccountRequest;
import io.guildhall.port.PaymentGateway.Standing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Connected accounts: pending until their owner has said who they are on the provider's own page. */
final class Accounts {
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Deliveries deliveries;
    private final String node;

    Accounts(InstantSource clock, RandomGenerator chance, Deliveries deliveries, SandboxSettings settings) {
        this.clock = clock;
        this.chance = chance;
        this.deliveries = deliveries;
        this.node = settings.node();
    }

    record Row(String id, String owner, String status, Manner behaviour, String fingerprint) {
        Standing standing() {
            return Standing.valueOf(status.toUpperCase(Locale.ROOT));
        }
    }

    Row open(Connection connection, AccountRequest asked) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO sandbox.connected_account (id, idempotency_key, fingerprint, owner, country, status, asked_by)
                VALUES (?, ?, ?, ?, ?, 'pending', ?)
                ON CONFLICT (idempotency_key) DO NOTHING
                """,
                Ids.mint("acct", clock.instant(), chance),
                asked.key(),
                Entry.fingerprint(asked),
                asked.owner(),
                asked.country(),
                node);
        var row = Sql.one(connection, select("idempotency_key"), Accounts::row, asked.key())
                .orElseThrow();
        Entry.sameRequest(asked.key(), row.fingerprint(), Entry.fingerprint(asked));
        return row;
    }

    static Optional<Row> byId(Connection connection, String id) throws SQLException {
        return Sql.one(connection, select("id"), Accounts::row, id);
    }

    /** Whether there is such an account; tells of it only where something has changed. */
    boolean complete(Connection connection, String id, Standing outcome) throws SQLException {
        int changed = Sql.update(
                connection,
                "UPDATE sandbox.connected_account SET status = ? WHERE id = ? AND status <> ?",
                status(outcome),
                id,
                status(outcome));
        var row = byId(connection, id);
        if (row.isPresent() && changed > 0) deliveries.tell(connection, Wire.account(row.get()));
        return row.isPresent();
    }

    boolean behave(Connection connection, String id, Manner manner) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE sandbox.connected_account SET behaviour = ? WHERE id = ?",
                        manner.name().toLowerCase(Locale.ROOT),
                        id)
                > 0;
    }

    private static String status(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT);
    }

    private static String select(String by) {
        return "SELECT id, owner, status, behaviour, fingerprint FROM sandbox.connected_account WHERE " + by + " = ?";
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("owner"),
                row.getString("status"),
                Manner.valueOf(row.getString("behaviour").toUpperCase(Locale.ROOT)),
                row.getString("fingerprint"));
    }
}
