package io.guildhall.adapter.postgres;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.IdempotencyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Stores idempotency keys in the database, so that a repetition is recognised on every node and after a crash. */
public final class PostgresIdempotency implements IdempotencyStore {
    /** Longer than the longest request: a node that holds a claim for longer has died. */
    private static final Duration CLAIM_DURATION = Duration.ofSeconds(30);

    private final DataSource database;
    private final InstantSource clock;
    private final BoundedExecutor calls;

    /** @param maxConcurrent as many as the pool has connections for it */
    public PostgresIdempotency(DataSource database, int maxConcurrent, InstantSource clock) {
        this.database = database;
        this.calls = new BoundedExecutor("idempotency", maxConcurrent, Duration.ofSeconds(3), Duration.ofSeconds(3));
        this.clock = clock;
    }

    @Override
    public CompletionStage<Claim> claim(String owner, String key, String fingerprint, Seed seed) {
        return calls.call(() -> {
            try (var connection = database.getConnection()) {
                return insert(connection, owner, key, fingerprint, seed)
                        ? new Claim.Granted(seed)
                        : existing(connection, owner, key, fingerprint);
            }
        });
    }

    private boolean insert(Connection connection, String owner, String key, String fingerprint, Seed seed)
            throws SQLException {
        var now = clock.instant();
        try (var expired = connection.prepareStatement(
                        "DELETE FROM idempotency WHERE owner = ? AND key = ? AND created_at < ?");
                var insert = connection.prepareStatement("""
                        INSERT INTO idempotency (owner, key, fingerprint, seed_at, seed_chance, claimed_until, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (owner, key) DO NOTHING
                        """)) {
            expired.setString(1, owner);
            expired.setString(2, key);
            expired.setTimestamp(3, Timestamp.from(now.minus(RETENTION)));
            expired.executeUpdate();
            insert.setString(1, owner);
            insert.setString(2, key);
            insert.setString(3, fingerprint);
            insert.setTimestamp(4, Timestamp.from(seed.at()));
            insert.setLong(5, seed.random());
            insert.setTimestamp(6, Timestamp.from(now.plus(CLAIM_DURATION)));
            insert.setTimestamp(7, Timestamp.from(now));
            return insert.executeUpdate() == 1;
        }
    }

    private Claim existing(Connection connection, String owner, String key, String fingerprint) throws SQLException {
        try (var query = connection.prepareStatement("SELECT * FROM idempotency WHERE owner = ? AND key = ?")) {
            query.setString(1, owner);
            query.setString(2, key);
            try (var row = query.executeQuery()) {
                if (!row.next()) return new Claim.InProgress();
                if (!row.getString("fingerprint").equals(fingerprint)) return new Claim.KeyReused();
                if (row.getObject("status") != null)
                    return new Claim.Completed(new StoredResponse(
                            row.getInt("status"),
                            row.getString("content_type"),
                            row.getBytes("body"),
                            Optional.ofNullable(row.getString("etag"))));
                var seed = new Seed(row.getTimestamp("seed_at").toInstant(), row.getLong("seed_chance"));
                return reclaim(connection, owner, key, row.getTimestamp("claimed_until"))
                        ? new Claim.Granted(seed)
                        : new Claim.InProgress();
            }
        }
    }

    private boolean reclaim(Connection connection, String owner, String key, Timestamp until) throws SQLException {
        var now = clock.instant();
        if (until.toInstant().isAfter(now)) return false;
        try (var update = connection.prepareStatement(
                "UPDATE idempotency SET claimed_until = ? WHERE owner = ? AND key = ? AND claimed_until = ?")) {
            update.setTimestamp(1, Timestamp.from(now.plus(CLAIM_DURATION)));
            update.setString(2, owner);
            update.setString(3, key);
            update.setTimestamp(4, until);
            return update.executeUpdate() == 1;
        }
    }

    @Override
    public CompletionStage<Void> complete(String owner, String key, StoredResponse response) {
        return calls.call(() -> {
            try (var connection = database.getConnection();
                    var update = connection.prepareStatement("""
                            UPDATE idempotency SET status = ?, content_type = ?, body = ?, etag = ?
                             WHERE owner = ? AND key = ? AND status IS NULL
                            """)) {
                update.setInt(1, response.status());
                update.setString(2, response.contentType());
                update.setBytes(3, response.body());
                update.setString(4, response.etag().orElse(null));
                update.setString(5, owner);
                update.setString(6, key);
                update.executeUpdate();
                return null;
            }
        });
    }

    @Override
    public CompletionStage<Void> release(String owner, String key) {
        return calls.call(() -> {
            try (var connection = database.getConnection();
                    var update = connection.prepareStatement(
                            "UPDATE idempotency SET claimed_until = ? WHERE owner = ? AND key = ? AND status IS NULL")) {
                update.setTimestamp(1, Timestamp.from(Instant.EPOCH));
                update.setString(2, owner);
                update.setString(3, key);
                update.executeUpdate();
                return null;
            }
        });
    }
}
