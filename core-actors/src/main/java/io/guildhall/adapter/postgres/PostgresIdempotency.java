package io.guildhall.adapter.postgres;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.adapter.postgres.IdempotencyWrites.CompletedRequest;
import io.guildhall.kernel.BatchExecutor;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.IdempotencyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stores idempotency keys in the database, so that a repetition is recognised on every node and after a crash. Claims are
 * {@linkplain IdempotencyWrites written} together, and so are responses, a little later.
 */
public final class PostgresIdempotency implements IdempotencyStore {
    /** For the batches of claims, and for those of responses. */
    public static final int WRITE_CONNECTIONS = 2;

    /** Longer than the longest request: a node that holds a claim for longer has died. */
    private static final Duration CLAIM_DURATION = Duration.ofSeconds(30);

    /**
     * A claim also ends with the database sessions of its node. If they are lost while the node runs, a request that is
     * repeated at the same time is executed twice with one seed, as after the end of a claim: its effects are those of one.
     */
    private static final String RECLAIM = """
            UPDATE idempotency SET claimed_until = ?, claimed_by = current_setting('application_name')
             WHERE owner = ? AND key = ? AND claimed_until = ?
               AND (claimed_until <= ? OR claimed_by IS NOT NULL
                    AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = claimed_by))
            """;

    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    /** Batches of two nodes can wait for each other's rows; the database then rolls one of them back. */
    private static final int MAX_ATTEMPTS = 5;

    private static final int MAX_BATCH = 200;
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_DELETED_AT_ONCE = 5_000;
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    private record Id(String owner, String key) {
        static Id of(Request request) {
            return new Id(request.owner(), request.key());
        }
    }

    private record Response(String fingerprint, StoredResponse response) {}

    private final DataSource database;
    private final InstantSource clock;
    private final BoundedExecutor calls;
    private final BatchExecutor<Request, Optional<Instant>> claims;
    private final BatchExecutor<CompletedRequest, Boolean> responses;
    // Responses that are being written. As many as can wait in a batch.
    private final Map<Id, Response> unwritten = new ConcurrentHashMap<>();

    /**
     * @param database whose sessions have an {@code application_name} that no other node has
     * @param maxConcurrent as many as the pool has connections for it, without the {@link #WRITE_CONNECTIONS}
     */
    public PostgresIdempotency(DataSource database, int maxConcurrent, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.calls = new BoundedExecutor("idempotency", maxConcurrent, Duration.ofSeconds(3), Duration.ofSeconds(3));
        this.claims = new BatchExecutor<>("idempotency-claims", MAX_BATCH, MAX_WAITING, TIMEOUT, this::writeClaims);
        this.responses =
                new BatchExecutor<>("idempotency-responses", MAX_BATCH, MAX_WAITING, TIMEOUT, this::writeResponses);
    }

    @Override
    public CompletionStage<Claim> claim(Request request) {
        var earlier = unwritten.get(Id.of(request));
        if (earlier != null) return completedFuture(claim(request, earlier.fingerprint(), earlier.response()));
        return claims.call(request)
                .thenCompose(until -> until.isPresent()
                        ? completedFuture(new Claim.Granted(request, until.get()))
                        : calls.call(() -> existing(request)));
    }

    /** Returns the end of each granted claim; empty for a refused one. */
    private List<Optional<Instant>> writeClaims(List<Request> requests) throws SQLException {
        var now = clock.instant();
        var until = claimEnd(now);
        return repeated(() -> IdempotencyWrites.claim(database, requests, until, now.minus(RETENTION))).stream()
                .map(isGranted -> isGranted ? Optional.of(until) : Optional.<Instant>empty())
                .toList();
    }

    private List<Boolean> writeResponses(List<CompletedRequest> items) throws SQLException {
        return repeated(() -> {
            IdempotencyWrites.complete(database, items);
            return Collections.nCopies(items.size(), true);
        });
    }

    private interface Write<R> {
        R run() throws SQLException;
    }

    private static <R> R repeated(Write<R> write) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return write.run();
            } catch (SQLException e) {
                if (attempt == MAX_ATTEMPTS || !wasRolledBack(e)) throw e;
            }
        }
    }

    /** The database rolled the transaction back, for example because of a deadlock. It can be repeated. */
    private static boolean wasRolledBack(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("40");
    }

    /** In microseconds, as it is stored. */
    private static Instant claimEnd(Instant now) {
        return now.plus(CLAIM_DURATION).truncatedTo(ChronoUnit.MICROS);
    }

    private Claim existing(Request request) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT * FROM idempotency WHERE owner = ? AND key = ?")) {
            query.setString(1, request.owner());
            query.setString(2, request.key());
            try (var row = query.executeQuery()) {
                if (!row.next()) return new Claim.InProgress();
                var fingerprint = row.getString("fingerprint");
                var response = response(row);
                if (response.isPresent() || !isSame(request, fingerprint))
                    return claim(request, fingerprint, response.orElse(null));
                var seed = new Seed(row.getTimestamp("seed_at").toInstant(), row.getLong("seed_chance"));
                var first = new Request(request.owner(), request.key(), request.fingerprint(), seed);
                return reclaim(connection, request, row.getTimestamp("claimed_until"))
                        .<Claim>map(until -> new Claim.Granted(first, until))
                        .orElseGet(Claim.InProgress::new);
            }
        }
    }

    private static Claim claim(Request request, String fingerprint, @Nullable StoredResponse response) {
        if (!isSame(request, fingerprint)) return new Claim.KeyReused();
        return response == null ? new Claim.InProgress() : new Claim.Completed(response);
    }

    /** Rows of an earlier version have no fingerprint. */
    private static boolean isSame(Request request, String fingerprint) {
        return fingerprint.isEmpty() || fingerprint.equals(request.fingerprint());
    }

    private static Optional<StoredResponse> response(ResultSet row) throws SQLException {
        return row.getObject("status") == null
                ? Optional.empty()
                : Optional.of(new StoredResponse(
                        row.getInt("status"),
                        row.getString("content_type"),
                        row.getBytes("body"),
                        Optional.ofNullable(row.getString("etag"))));
    }

    /** Returns the end of the new claim; empty if the key is still claimed. */
    private Optional<Instant> reclaim(Connection connection, Request request, Timestamp until) throws SQLException {
        var now = clock.instant();
        var next = claimEnd(now);
        try (var update = connection.prepareStatement(RECLAIM)) {
            update.setTimestamp(1, Timestamp.from(next));
            update.setString(2, request.owner());
            update.setString(3, request.key());
            update.setTimestamp(4, until);
            update.setTimestamp(5, Timestamp.from(now));
            return update.executeUpdate() == 1 ? Optional.of(next) : Optional.empty();
        }
    }

    @Override
    public CompletionStage<Void> complete(Request request, StoredResponse response) {
        var id = Id.of(request);
        unwritten.put(id, new Response(request.fingerprint(), response));
        return responses
                .callLater(new CompletedRequest(request, response))
                .whenComplete((_, _) -> unwritten.remove(id))
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Void> release(Claim.Granted claim) {
        return calls.call(() -> {
            try (var connection = database.getConnection();
                    var update = connection.prepareStatement("""
                            UPDATE idempotency SET claimed_until = 'epoch'
                             WHERE owner = ? AND key = ? AND claimed_until = ? AND status IS NULL""")) {
                update.setString(1, claim.request().owner());
                update.setString(2, claim.request().key());
                update.setTimestamp(3, Timestamp.from(claim.until()));
                update.executeUpdate();
                return null;
            }
        });
    }

    /**
     * Deletes keys that are older than {@link #RETENTION}, at most {@value #MAX_DELETED_AT_ONCE} of them. Several nodes can do it at
     * the same time.
     *
     * @return how long to wait until the next time
     */
    public Duration sweep() throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("""
                        DELETE FROM idempotency WHERE (owner, key) IN (
                            SELECT owner, key FROM idempotency WHERE created_at < ? ORDER BY created_at LIMIT ?
                               FOR UPDATE SKIP LOCKED)
                        """)) {
            delete.setTimestamp(1, Timestamp.from(clock.instant().minus(RETENTION)));
            delete.setInt(2, MAX_DELETED_AT_ONCE);
            return delete.executeUpdate() == MAX_DELETED_AT_ONCE ? Duration.ZERO : SWEEP_INTERVAL;
        }
    }
}
