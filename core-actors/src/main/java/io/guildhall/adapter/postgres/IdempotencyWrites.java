package io.guildhall.adapter.postgres;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.guildhall.port.IdempotencyStore.StoredResponse;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes claims and responses in one transaction, which does not wait for the disk: its commit is durable before every
 * later commit that waits. So a claim is durable before the first event of its request, and a response that is lost in a
 * crash of the database is that of a request that can be repeated with its seed.
 */
final class IdempotencyWrites {
    private record Column(
            String type, IntFunction<@Nullable Object[]> array, Function<IdempotencyWrite, @Nullable Object> value) {}

    private record Id(String owner, String key) {
        static Id of(IdempotencyWrite write) {
            return new Id(write.request().owner(), write.request().key());
        }
    }

    private static final Column OWNER =
            new Column("text", String[]::new, it -> it.request().owner());
    private static final Column KEY =
            new Column("text", String[]::new, it -> it.request().key());
    private static final Column FINGERPRINT =
            new Column("text", String[]::new, it -> it.request().fingerprint());
    private static final Column SEED_AT =
            new Column("bigint", Long[]::new, it -> micros(it.request().seed().at()));
    private static final Column SEED =
            new Column("bigint", Long[]::new, it -> it.request().seed().random());
    private static final List<Column> CLAIM = List.of(OWNER, KEY, FINGERPRINT, SEED_AT, SEED);
    private static final List<Column> RESPONSE = List.of(
            OWNER,
            KEY,
            FINGERPRINT,
            SEED_AT,
            SEED,
            ofResponse("int", Integer[]::new, StoredResponse::status),
            ofResponse("text", String[]::new, StoredResponse::contentType),
            ofResponse("bytea", byte[][]::new, StoredResponse::body),
            ofResponse("text", String[]::new, it -> it.etag().orElse(null)));

    // Two statements in one round trip and one transaction. Inserting the row of a response again finds the existing
    // row by its primary key, however the planner estimates the size of the table. An UPDATE with a join does not
    // guarantee that. It also stores the response if the claim was lost in a crash of the database.
    private static final String WRITE = """
            INSERT INTO idempotency AS stored (owner, key, fingerprint, seed_at, created_at, seed_chance, claimed_until)
            SELECT owner, key, fingerprint, at.time, at.time, seed, ?
              FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting,
                   unnest(%s) AS claim (owner, key, fingerprint, micros, seed),
                   LATERAL (SELECT 'epoch'::timestamptz + micros * '1 microsecond'::interval AS time) AS at
            ON CONFLICT (owner, key) DO UPDATE
               SET fingerprint = excluded.fingerprint, seed_at = excluded.seed_at, created_at = excluded.created_at,
                   seed_chance = excluded.seed_chance, claimed_until = excluded.claimed_until,
                   status = NULL, content_type = NULL, body = NULL, etag = NULL
             WHERE stored.created_at < ?
            RETURNING owner, key;
            INSERT INTO idempotency AS stored (owner, key, fingerprint, seed_at, created_at, seed_chance, claimed_until,
                                               status, content_type, body, etag)
            SELECT owner, key, fingerprint, at.time, at.time, seed, 'epoch', status, content_type, body, etag
              FROM unnest(%s) AS response (owner, key, fingerprint, micros, seed, status, content_type, body, etag),
                   LATERAL (SELECT 'epoch'::timestamptz + micros * '1 microsecond'::interval AS time) AS at
            ON CONFLICT (owner, key) DO UPDATE
               SET status = excluded.status, content_type = excluded.content_type, body = excluded.body, etag = excluded.etag
             WHERE stored.status IS NULL
            """.formatted(arrays(CLAIM), arrays(RESPONSE));
    private static final Comparator<IdempotencyWrite> ORDER = comparing(
                    (IdempotencyWrite it) -> it.request().owner())
            .thenComparing(it -> it.request().key());

    private IdempotencyWrites() {}

    private static Column ofResponse(
            String type, IntFunction<@Nullable Object[]> array, Function<StoredResponse, @Nullable Object> value) {
        return new Column(type, array, it -> value.apply(it.response().orElseThrow()));
    }

    private static String arrays(List<Column> columns) {
        return columns.stream().map(it -> "?::" + it.type() + "[]").collect(joining(", "));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /**
     * @param claimedUntil for the claims
     * @param expired keys that were created before count as unknown
     * @return for each write whether the claim was granted; false for a response
     */
    static List<Boolean> run(DataSource database, List<IdempotencyWrite> writes, Instant claimedUntil, Instant expired)
            throws SQLException {
        // In the order of the keys, so that two nodes rarely wait for each other.
        var claims = writes.stream()
                .filter(it -> it.response().isEmpty())
                .sorted(ORDER)
                .toList();
        var responses = writes.stream()
                .filter(it -> it.response().isPresent())
                .sorted(ORDER)
                .toList();
        try (var connection = database.getConnection();
                var write = connection.prepareStatement(WRITE)) {
            int parameter = 0;
            write.setTimestamp(++parameter, Timestamp.from(claimedUntil));
            for (var column : CLAIM) write.setArray(++parameter, array(connection, column, distinct(claims)));
            write.setTimestamp(++parameter, Timestamp.from(expired));
            for (var column : RESPONSE) write.setArray(++parameter, array(connection, column, distinct(responses)));
            write.execute();
            var granted = granted(write.getResultSet());
            return writes.stream()
                    .map(it -> it.response().isEmpty() && granted.remove(Id.of(it)))
                    .toList();
        }
    }

    /** A statement can write a row only once. The first of several claims of a key gets it. */
    private static List<IdempotencyWrite> distinct(List<IdempotencyWrite> writes) {
        var ids = new HashSet<Id>();
        return writes.stream().filter(it -> ids.add(Id.of(it))).toList();
    }

    private static Array array(Connection connection, Column column, List<IdempotencyWrite> writes)
            throws SQLException {
        return connection.createArrayOf(
                column.type(), writes.stream().map(column.value()).toArray(column.array()));
    }

    private static Set<Id> granted(ResultSet rows) throws SQLException {
        var granted = new HashSet<Id>();
        while (rows.next()) granted.add(new Id(rows.getString(1), rows.getString(2)));
        return granted;
    }
}
