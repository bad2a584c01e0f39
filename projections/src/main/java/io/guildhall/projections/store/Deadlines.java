package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.actors.LogContext;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.projections.Schedule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores deadlines and handles those that are due: at least once, on whichever node claims them, up to
 * {@value #MAX_CONCURRENT} at a time on each node. A deadline that hangs or fails delays no other. A claimed deadline
 * is due again after {@link #CLAIM}, so one whose node dies is handled by another node.
 */
public final class Deadlines implements Schedule, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);
    private static final int MAX_CONCURRENT = 64;
    private static final int STATEMENT_CONCURRENCY = 8;
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

    private final DataSource database;
    private final InstantSource clock;
    private final BoundedExecutor statements =
            new BoundedExecutor("deadlines", STATEMENT_CONCURRENCY, STATEMENT_TIMEOUT, STATEMENT_TIMEOUT);
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);
    private volatile Map<DeadlineKind, DeadlineHandler> handlers = Map.of();
    private final BackgroundLoops loops;
    private volatile @Nullable BackgroundLoop loop;

    public Deadlines(DataSource database, InstantSource clock, BackgroundLoops loops) {
        this.database = database;
        this.clock = clock;
        this.loops = loops;
    }

    @Override
    public CompletionStage<Void> plan(
            Correlation correlation, DeadlineKind kind, String key, String entityId, Instant due) {
        return statements.<Void>call(() -> {
            update("""
                    INSERT INTO deadline (key, kind, entity_id, due_at, correlation_id) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (key) DO NOTHING
                    """, stored(kind, key), kind.name(), entityId, Timestamp.from(due), correlation.id());
            wake();
            return null;
        });
    }

    @Override
    public CompletionStage<Void> makeDue(DeadlineKind kind, String keyPrefix) {
        return statements.<Void>call(() -> {
            update(
                    "UPDATE deadline SET due_at = ? WHERE kind = ? AND starts_with(key, ?) AND due_at > ?",
                    Timestamp.from(clock.instant()),
                    kind.name(),
                    stored(kind, keyPrefix),
                    Timestamp.from(clock.instant()));
            wake();
            return null;
        });
    }

    /** The key as the table holds it: unique among all kinds. */
    private static String stored(DeadlineKind kind, String key) {
        return kind.name() + "/" + key;
    }

    /**
     * Starts handling the deadlines of these processes on this node.
     *
     * @throws IllegalStateException if two processes handle the same kind
     */
    public void run(List<Process> processes) {
        var all = new HashMap<DeadlineKind, DeadlineHandler>();
        for (var process : processes)
            process.deadlines().forEach((kind, handler) -> {
                if (all.put(kind, handler) != null)
                    throw new IllegalStateException("Two processes handle deadlines of the kind " + kind.name());
            });
        handlers = Map.copyOf(all);
        loop = loops.start("deadlines", this::handleDue);
    }

    private void wake() {
        var running = loop;
        if (running != null) running.wake();
    }

    private Duration handleDue() throws SQLException {
        int free = permits.availablePermits();
        if (free == 0) return POLL_INTERVAL;
        for (var deadline : claim(free)) {
            permits.acquireUninterruptibly();
            handle(deadline).whenComplete((_, _) -> {
                permits.release();
                wake();
            });
        }
        return POLL_INTERVAL;
    }

    private CompletionStage<Void> handle(Deadline deadline) {
        return attempt(deadline)
                .toCompletableFuture()
                .orTimeout(CLAIM.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    var pause = backoff(deadline);
                    try (var _ = LogContext.open(deadline.correlation())) {
                        LOG.warn(
                                "Deadline {} failed; retrying in {} s: {}",
                                stored(deadline.kind(), deadline.key()),
                                pause.toSeconds(),
                                failure.toString());
                    }
                    return DeadlineResult.retryAfter(pause);
                })
                .thenCompose(result -> statements.<Void>call(() -> {
                    save(deadline, result);
                    return null;
                }));
    }

    private CompletionStage<DeadlineResult> attempt(Deadline deadline) {
        try (var _ = LogContext.open(deadline.correlation())) {
            return requireNonNull(handlers.get(deadline.kind())).handle(deadline);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Duration backoff(Deadline deadline) {
        var pause = MIN_PAUSE.multipliedBy(1L << Math.min(deadline.runs(), 10));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    private void save(Deadline deadline, DeadlineResult result) throws SQLException {
        var key = stored(deadline.kind(), deadline.key());
        switch (result) {
            case DeadlineResult.Done _ -> update("DELETE FROM deadline WHERE key = ?", key);
            case DeadlineResult.RetryAfter(var pause) ->
                update(
                        "UPDATE deadline SET due_at = ? WHERE key = ?",
                        Timestamp.from(clock.instant().plus(pause)),
                        key);
        }
    }

    private List<Deadline> claim(int limit) throws SQLException {
        var now = clock.instant();
        try (var connection = database.getConnection();
                var statement = prepared(
                        connection,
                        """
                        UPDATE deadline SET due_at = ?, attempts = attempts + 1
                         WHERE key IN (SELECT key FROM deadline WHERE due_at <= ? AND kind = ANY(?)
                                        ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        RETURNING key, kind, entity_id, attempts - 1 AS runs, correlation_id
                        """,
                        Timestamp.from(now.plus(CLAIM)),
                        Timestamp.from(now),
                        handlers.keySet().stream().map(DeadlineKind::name).toArray(String[]::new),
                        limit);
                var rows = statement.executeQuery()) {
            var claimed = new ArrayList<Deadline>();
            while (rows.next()) claimed.add(deadline(rows));
            return claimed;
        }
    }

    private static Deadline deadline(ResultSet row) throws SQLException {
        var kind = new DeadlineKind(row.getString("kind"));
        return new Deadline(
                kind,
                row.getString("key").substring(stored(kind, "").length()),
                row.getString("entity_id"),
                row.getInt("runs"),
                new Correlation(row.getString("correlation_id")));
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (var connection = database.getConnection();
                var statement = prepared(connection, sql, parameters)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
        return statement;
    }

    /** Claims no more deadlines. Those being handled are completed, or claimed again by another node. */
    @Override
    public void close() {
        var running = loop;
        if (running != null) running.close();
    }
}
