package io.guildhall.adapter.postgres;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.guildhall.port.IdempotencyStore.Request;
import io.guildhall.port.IdempotencyStore.StoredResponse;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes claims, and responses, each in transactions that do not wait for the disk: their commit is durable before every
 * later commit that waits. So a claim is durable before the first event of its request, and a response that is lost in a
 * crash of the database is that of a request that can be repeated with its seed.
 */
final class IdempotencyWrites {
    /** The response to a request with a key. */
    record CompletedRequest(Request request, StoredResponse response) {}

    private record Column<T>(String type, IntFunction<@Nullable Object[]> array, Function<T, @Nullable Object> value) {
        <A> Column<A> of(Function<A, T> part) {
            return new Column<>(type, array, it -> value.apply(part.apply(it)));
        }
    }

    private record Id(String owner, String key) {
        static Id of(Request request) {
            return new Id(request.owner(), request.key());
        }
    }

    private static final List<Column<Request>> CLAIM = List.of(
            new Column<>("text", String[]::new, Request::owner),
            new Column<>("text", String[]::new, Request::key),
            new Column<>("text", String[]::new, Request::fingerprint),
            new Column<>("bigint", Long[]::new, it -> micros(it.seed().at())),
            new Column<>("bigint", Long[]::new, it -> it.seed().random()));
    private static final List<Column<StoredResponse>> RESPONSE = List.of(
            new Column<>("int", Integer[]::new, StoredResponse::status),
            new Column<>("text", String[]::new, StoredResponse::contentType),
            new Column<>("bytea", byte[][]::new, StoredResponse::body),
            new Column<>("text", String[]::new, it -> it.etag().orElse(null)));
    private static final List<Column<CompletedRequest>> COMPLETED = Stream.concat(
                    CLAIM.stream().map(it -> it.of(CompletedRequest::request)),
                    RESPONSE.stream().map(it -> it.of(CompletedRequest::response)))
            .toList();

    private static final String WRITE_CLAIMS = """
            INSERT INTO idempotency AS stored (owner, key, fingerprint, seed_at, created_at, seed_chance, claimed_until, claimed_by)
            SELECT owner, key, fingerprint, at.time, at.time, seed, ?, current_setting('application_name')
              FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting,
                   unnest(%s) AS claim (owner, key, fingerprint, micros, seed),
                   LATERAL (SELECT 'epoch'::timestamptz + micros * '1 microsecond'::interval AS time) AS at
            ON CONFLICT (owner, key) DO UPDATE
               SET fingerprint = excluded.fingerprint, seed_at = excluded.seed_at, created_at = excluded.created_at,
                   seed_chance = excluded.seed_chance, claimed_until = excluded.claimed_until, claimed_by = excluded.claimed_by,
                   status = NULL, content_type = NULL, body = NULL, etag = NULL
             WHERE stored.created_at < ?
            RETURNING owner, key
            """.formatted(arrays(CLAIM));
    // Inserts the row again instead of updating it: this always finds the existing row by its primary key, whatever
    // size
    // the planner assumes. It also stores the response if the claim was lost in a crash of the database.
    private static final String WRITE_RESPONSES = """
            INSERT INTO idempotency AS stored (owner, key, fingerprint, seed_at, created_at, seed_chance, claimed_until,
                                               status, content_type, body, etag)
            SELECT owner, key, fingerprint, at.time, at.time, seed, 'epoch', status, content_type, body, etag
              FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting,
                   unnest(%s) AS response (owner, key, fingerprint, micros, seed, status, content_type, body, etag),
                   LATERAL (SELECT 'epoch'::timestamptz + micros * '1 microsecond'::interval AS time) AS at
            ON CONFLICT (owner, key) DO UPDATE
               SET status = excluded.status, content_type = excluded.content_type, body = excluded.body, etag = excluded.etag
             WHERE stored.status IS NULL
            """.formatted(arrays(COMPLETED));
    /** Two nodes, and claims and responses, lock rows in the same order, so that they rarely wait for each other. */
    private static final Comparator<Request> ORDER = comparing(Request::owner).thenComparing(Request::key);

    private IdempotencyWrites() {}

    private static String arrays(List<? extends Column<?>> columns) {
        return columns.stream().map(it -> "?::" + it.type() + "[]").collect(joining(", "));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /**
     * @param until the end of the claims
     * @param expired keys that were created before count as unknown
     * @return for each request whether its claim was granted
     */
    static List<Boolean> claim(DataSource database, List<Request> requests, Instant until, Instant expired)
            throws SQLException {
        try (var connection = database.getConnection();
                var write = connection.prepareStatement(WRITE_CLAIMS)) {
            write.setTimestamp(1, Timestamp.from(until));
            setArrays(connection, write, 2, CLAIM, distinct(requests, it -> it));
            write.setTimestamp(2 + CLAIM.size(), Timestamp.from(expired));
            try (var rows = write.executeQuery()) {
                var granted = granted(rows);
                return requests.stream().map(it -> granted.remove(Id.of(it))).toList();
            }
        }
    }

    static void complete(DataSource database, List<CompletedRequest> completed) throws SQLException {
        try (var connection = database.getConnection();
                var write = connection.prepareStatement(WRITE_RESPONSES)) {
            setArrays(connection, write, 1, COMPLETED, distinct(completed, CompletedRequest::request));
            write.executeUpdate();
        }
    }

    /** A statement can write a row only once. The first of several claims of a key gets it. */
    private static <T> List<T> distinct(List<T> writes, Function<T, Request> request) {
        var ids = new HashSet<Id>();
        return writes.stream()
                .filter(it -> ids.add(Id.of(request.apply(it))))
                .sorted(comparing(request, ORDER))
                .toList();
    }

    private static <T> void setArrays(
            Connection connection, PreparedStatement statement, int first, List<Column<T>> columns, List<T> rows)
            throws SQLException {
        for (int i = 0; i < columns.size(); i++) statement.setArray(first + i, array(connection, columns.get(i), rows));
    }

    private static <T> Array array(Connection connection, Column<T> column, List<T> rows) throws SQLException {
        return connection.createArrayOf(
                column.type(), rows.stream().map(column.value()).toArray(column.array()));
    }

    private static Set<Id> granted(ResultSet rows) throws SQLException {
        var granted = new HashSet<Id>();
        while (rows.next()) granted.add(new Id(rows.getString(1), rows.getString(2)));
        return granted;
    }
}
