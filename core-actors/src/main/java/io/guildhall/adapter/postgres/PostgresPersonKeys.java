package io.guildhall.adapter.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.guildhall.adapter.postgres.MasterKeys.Wrapped;
import io.guildhall.kernel.AesGcm;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.PersonKey;
import io.guildhall.port.PersonKey.Destroyed;
import io.guildhall.port.PersonKey.Usable;
import io.guildhall.port.PersonKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/**
 * Stores the keys of persons in the database, encrypted under a master key, and caches them. A loop queries every
 * {@link #POLL_INTERVAL} which keys were destroyed. While these queries fail, cached keys are not used after
 * {@link #MAX_AGE}, so that a node that lost the database does not use a key for longer after its destruction.
 */
public final class PostgresPersonKeys implements PersonKeys {
    /** For {@link #poll} and {@link #rewrap}, in addition to those for reading and creating keys. */
    public static final int OTHER_CONNECTIONS = 2;

    static final Duration MAX_AGE = Duration.ofSeconds(10);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration REWRAP_INTERVAL = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Covers transactions that commit late. */
    private static final Duration POLL_OVERLAP = Duration.ofMinutes(1);

    private static final int MAX_REWRAPPED_AT_ONCE = 500;
    /** About 300 bytes each. */
    private static final int MAX_CACHED = 50_000;

    private final DataSource database;
    private final MasterKeys masterKeys;
    private final InstantSource clock;
    private final BoundedExecutor calls;
    private final Cache<String, PersonKey> cache =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
    private volatile Instant lastPoll = Instant.MIN;

    /** @param maxConcurrent as many as the pool has connections, without {@link #OTHER_CONNECTIONS} */
    public PostgresPersonKeys(DataSource database, MasterKeys masterKeys, int maxConcurrent, InstantSource clock) {
        this.database = database;
        this.masterKeys = masterKeys;
        this.clock = clock;
        this.calls = new BoundedExecutor("person-keys", maxConcurrent, TIMEOUT, TIMEOUT);
    }

    @Override
    public Optional<PersonKey> cached(String accountId) {
        return lastPoll.plus(MAX_AGE).isBefore(clock.instant())
                ? Optional.empty()
                : Optional.ofNullable(cache.getIfPresent(accountId));
    }

    @Override
    public CompletionStage<Map<String, PersonKey>> find(Set<String> accountIds) {
        return calls.call(() -> {
            try (var connection = database.getConnection()) {
                var found = read(connection, accountIds);
                for (var id : accountIds)
                    if (!found.containsKey(id))
                        throw new IllegalStateException("The personal data of " + id
                                + " is encrypted, and the table person_key has no row for this account. Restore the table"
                                + " from a backup.");
                return found;
            }
        });
    }

    @Override
    public CompletionStage<Map<String, PersonKey>> findOrCreate(Set<String> accountIds) {
        return calls.call(() -> {
            try (var connection = database.getConnection()) {
                var found = read(connection, accountIds);
                // Sorted, so that two transactions never wait for each other.
                var missing = new TreeSet<>(accountIds);
                missing.removeAll(found.keySet());
                if (missing.isEmpty()) return found;
                create(connection, missing);
                return read(connection, accountIds);
            }
        });
    }

    private Map<String, PersonKey> read(Connection connection, Collection<String> accountIds) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT account_id, wrapped_key, master_key FROM person_key WHERE account_id = ANY (?)")) {
            query.setArray(1, connection.createArrayOf("text", accountIds.toArray()));
            var keys = new HashMap<String, PersonKey>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getString(1);
                    var wrapped = rows.getBytes(2);
                    keys.put(
                            id,
                            wrapped == null ? new Destroyed() : usable(id, new Wrapped(wrapped, rows.getString(3))));
                }
            }
            cache.putAll(keys);
            return keys;
        }
    }

    private PersonKey usable(String accountId, Wrapped wrapped) {
        return new Usable(masterKeys
                .unwrap(accountId, wrapped)
                .orElseThrow(() -> new IllegalStateException("The key of " + accountId
                        + " cannot be decrypted. It was encrypted with the master key " + wrapped.masterKey()
                        + "; configured are " + masterKeys.fingerprints()
                        + ". If that key is missing, add it to GUILDHALL_MASTER_KEYS; else restore the table person_key from a"
                        + " backup.")));
    }

    private void create(Connection connection, Set<String> accountIds) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO person_key (account_id, wrapped_key, master_key) VALUES (?, ?, ?)
                ON CONFLICT (account_id) DO NOTHING
                """)) {
            for (var id : accountIds) {
                var wrapped = masterKeys.wrap(id, AesGcm.createKey());
                insert.setString(1, id);
                insert.setBytes(2, wrapped.key());
                insert.setString(3, wrapped.masterKey());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public CompletionStage<Void> destroy(String accountId) {
        return calls.call(() -> {
                    try (var connection = database.getConnection();
                            var update = connection.prepareStatement("""
                                    INSERT INTO person_key (account_id, destroyed_at) VALUES (?, now())
                                    ON CONFLICT (account_id) DO UPDATE
                                       SET wrapped_key = NULL, master_key = NULL, destroyed_at = now()
                                     WHERE person_key.destroyed_at IS NULL
                                    """)) {
                        update.setString(1, accountId);
                        return update.executeUpdate();
                    }
                })
                .thenAccept(_ -> cache.put(accountId, new Destroyed()));
    }

    /**
     * Learns which keys were destroyed.
     *
     * @return how long to wait until the next time
     */
    public Duration poll() throws SQLException {
        var before = clock.instant();
        // After an outage, keys can have been destroyed longer ago than this query returns.
        if (lastPoll.plus(MAX_AGE).isBefore(before)) cache.invalidateAll();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT account_id FROM person_key WHERE destroyed_at > now() - ? * interval '1 second'")) {
            query.setLong(1, POLL_OVERLAP.toSeconds());
            try (var rows = query.executeQuery()) {
                while (rows.next()) cache.put(rows.getString(1), new Destroyed());
            }
        }
        lastPoll = before;
        return POLL_INTERVAL;
    }

    /**
     * Encrypts keys that were encrypted with another master key with the first one, at most
     * {@value #MAX_REWRAPPED_AT_ONCE} of them. Several nodes can do it at the same time.
     *
     * @return how long to wait until the next time
     */
    public Duration rewrap() throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var ids = wrappedOtherwise(connection);
            try (var update = connection.prepareStatement(
                    "UPDATE person_key SET wrapped_key = ?, master_key = ? WHERE account_id = ?")) {
                for (var it : ids) {
                    update.setBytes(1, it.wrapped.key());
                    update.setString(2, it.wrapped.masterKey());
                    update.setString(3, it.accountId);
                    update.addBatch();
                }
                update.executeBatch();
            }
            connection.commit();
            return ids.size() == MAX_REWRAPPED_AT_ONCE ? Duration.ZERO : REWRAP_INTERVAL;
        }
    }

    private record Row(String accountId, Wrapped wrapped) {}

    /** Locks rows with keys that were encrypted with another master key, and returns what to store instead. */
    private List<Row> wrappedOtherwise(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT account_id, wrapped_key, master_key FROM person_key WHERE master_key <> ?
                 LIMIT ? FOR UPDATE SKIP LOCKED
                """)) {
            query.setString(1, masterKeys.current());
            query.setInt(2, MAX_REWRAPPED_AT_ONCE);
            var found = new ArrayList<Row>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getString(1);
                    var key = usable(id, new Wrapped(rows.getBytes(2), rows.getString(3)));
                    if (key instanceof Usable(var secret)) found.add(new Row(id, masterKeys.wrap(id, secret)));
                }
            }
            return found;
        }
    }

    /** The fingerprints of master keys that encrypt keys in the database and are not configured. Blocks. */
    public List<String> missingMasterKeys() throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT DISTINCT master_key FROM person_key"
                        + " WHERE master_key IS NOT NULL AND NOT master_key = ANY (?) ORDER BY master_key")) {
            query.setArray(
                    1,
                    connection.createArrayOf("text", masterKeys.fingerprints().toArray()));
            var missing = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) missing.add(rows.getString(1));
            }
            return missing;
        }
    }
}
