package io.guildhall.adapter.postgres;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.guildhall.port.IdempotencyStore.Request;
import io.guildhall.port.IdempotencyStore.StoredResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/**
 * Writes claims and responses in one statement, which does not wait for the disk: its commit is durable before every
 * later commit that waits. So a claim is durable before the first event of its request, and a response that is lost in a
 * crash of the database is that of a request that can be repeated with its seed.
 */
final class IdempotencyWrites {
    private record Column<T>(String name, String type, IntFunction<T[]> array, Function<IdempotencyWrite, T> value) {
        Object[] toArray(List<IdempotencyWrite> writes) {
            return writes.stream().map(value).toArray(array);
        }
    }

    private record Id(String owner, String key) {
        static Id of(IdempotencyWrite write) {
            return new Id(write.request().owner(), write.request().key());
        }
    }

    private static final List<Column<?>> COLUMNS = List.of(
            column("owner", Request::owner),
            column("key", Request::key),
            column("fingerprint", Request::fingerprint),
            new Column<>(
                    "seed_at",
                    "timestamptz",
                    Timestamp[]::new,
                    it -> Timestamp.from(it.request().seed().at())),
            new Column<>(
                    "seed_chance",
                    "bigint",
                    Long[]::new,
                    it -> it.request().seed().random()),
            new Column<>("claimed_until", "timestamptz", Timestamp[]::new, it -> Timestamp.from(it.claimedUntil())),
            new Column<>(
                    "created_at",
                    "timestamptz",
                    Timestamp[]::new,
                    it -> Timestamp.from(it.request().seed().at())),
            ofResponse("status", "int", Integer[]::new, StoredResponse::status),
            ofResponse("content_type", "text", String[]::new, StoredResponse::contentType),
            ofResponse("body", "bytea", byte[][]::new, StoredResponse::body),
            ofResponse("etag", "text", String[]::new, it -> it.etag().orElse(null)));

    private static final String UPSERT = """
            INSERT INTO idempotency AS stored (%1$s)
            SELECT request.* FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting, unnest(%2$s) AS request
            ON CONFLICT (owner, key) DO UPDATE SET %3$s
             WHERE stored.created_at < ? OR (excluded.status IS NOT NULL AND stored.status IS NULL)
            RETURNING owner, key
            """.formatted(
                    names(it -> it),
                    COLUMNS.stream().map(it -> "?::" + it.type() + "[]").collect(joining(", ")),
                    names(it -> it + " = excluded." + it));
    private static final Comparator<IdempotencyWrite> ORDER = comparing(
                    (IdempotencyWrite it) -> it.request().owner())
            .thenComparing(it -> it.request().key());

    private IdempotencyWrites() {}

    private static Column<String> column(String name, Function<Request, String> value) {
        return new Column<>(name, "text", String[]::new, it -> value.apply(it.request()));
    }

    private static <T> Column<T> ofResponse(
            String name, String type, IntFunction<T[]> array, Function<StoredResponse, T> value) {
        return new Column<>(name, type, array, it -> it.response().map(value).orElse(null));
    }

    private static String names(Function<String, String> each) {
        return COLUMNS.stream().map(Column::name).map(each).collect(joining(", "));
    }

    /**
     * @param expired keys that were created before count as unknown
     * @return for each write whether it was the first: whether the claim was granted, or the response stored
     */
    static List<Boolean> run(DataSource database, List<IdempotencyWrite> writes, Instant expired) throws SQLException {
        try (var connection = database.getConnection()) {
            var results = new Boolean[writes.size()];
            var remaining = new ArrayList<Integer>();
            for (int i = 0; i < results.length; i++) remaining.add(i);
            while (!remaining.isEmpty()) {
                // A statement can write a row only once.
                var ids = new HashSet<Id>();
                var now = remaining.stream()
                        .filter(it -> ids.add(Id.of(writes.get(it))))
                        .toList();
                var written = write(connection, now.stream().map(writes::get).toList(), expired);
                for (int i : now) results[i] = written.contains(Id.of(writes.get(i)));
                remaining.removeAll(now);
            }
            return List.of(results);
        }
    }

    /** In the order of the keys, so that two nodes do not wait for each other. */
    private static Set<Id> write(Connection connection, List<IdempotencyWrite> writes, Instant expired)
            throws SQLException {
        var sorted = writes.stream().sorted(ORDER).toList();
        try (var upsert = connection.prepareStatement(UPSERT)) {
            int parameter = 0;
            for (var column : COLUMNS)
                upsert.setArray(++parameter, connection.createArrayOf(column.type(), column.toArray(sorted)));
            upsert.setTimestamp(++parameter, Timestamp.from(expired));
            try (var rows = upsert.executeQuery()) {
                var written = new HashSet<Id>();
                while (rows.next()) written.add(new Id(rows.getString(1), rows.getString(2)));
                return written;
            }
        }
    }
}
