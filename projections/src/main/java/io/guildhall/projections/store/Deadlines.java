package io.guildhall.projections.store;

import io.guildhall.actors.LogContext;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.process.Deadline;
import io.guildhall.projections.process.DeadlineHandler;
import io.guildhall.projections.process.DeadlineResult;
import io.guildhall.projections.process.Schedule;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable rows that are due at a time, and what is done about them: at least once, by whichever node takes them, many at once and none held up
 * by another. A row is taken for a while; should its node die, it is due again when that has passed.
 */
public final class Deadlines implements Schedule, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration TAKEN = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int AT_ONCE = 64;

    private final DataSource database;
    private final InstantSource clock;
    private final Map<String, DeadlineHandler> kinds = new HashMap<>();
    private final BoundedExecutor statements =
            new BoundedExecutor("deadlines", 8, Duration.ofSeconds(5), Duration.ofSeconds(5));
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean closed;
    private Thread thread;

    public Deadlines(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> at(Correlation correlation, String kind, String key, String entityId, Instant due) {
        return statements.<Void>call(() -> {
            update("""
                    INSERT INTO deadline (key, kind, entity_id, due_at, correlation_id) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (key) DO NOTHING
                    """, row(kind, key), kind, entityId, Timestamp.from(due), correlation.id());
            woken.release();
            return null;
        });
    }

    @Override
    public CompletionStage<Void> hasten(String kind, String keyPrefix) {
        return statements.<Void>call(() -> {
            update(
                    "UPDATE deadline SET due_at = ? WHERE kind = ? AND starts_with(key, ?) AND due_at > ?",
                    Timestamp.from(clock.instant()),
                    kind,
                    row(kind, keyPrefix),
                    Timestamp.from(clock.instant()));
            woken.release();
            return null;
        });
    }

    private static String row(String kind, String key) {
        return kind + "/" + key;
    }

    /** Takes rows of these kinds from now on, on this node. */
    public void run(List<Map<String, DeadlineHandler>> handlers) {
        handlers.forEach(kinds::putAll);
        thread = Thread.ofVirtual().name("deadlines").start(this::run);
    }

    private void run() {
        try {
            while (!closed) {
                woken.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        int free = places.availablePermits();
        if (free == 0) return;
        try {
            for (var row : take(free)) {
                places.acquireUninterruptibly();
                handle(row).whenComplete((_, _) -> {
                    places.release();
                    woken.release();
                });
            }
        } catch (SQLException e) {
            LOG.warn("deadlines cannot be read; trying again until they can: {}", e.getMessage());
        }
    }

    private CompletionStage<Void> handle(Deadline row) {
        return attempt(row)
                .toCompletableFuture()
                .orTimeout(TAKEN.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    try (var _ = LogContext.of(row.correlation())) {
                        LOG.warn("{} failed and is tried again: {}", row.key(), failure.toString());
                    }
                    return DeadlineResult.again(pause(row));
                })
                .thenCompose(next -> statements.<Void>call(() -> {
                    switch (next) {
                        case DeadlineResult.Done _ -> update("DELETE FROM deadline WHERE key = ?", row.key());
                        case DeadlineResult.Again again ->
                            update(
                                    "UPDATE deadline SET due_at = ? WHERE key = ?",
                                    Timestamp.from(clock.instant().plus(again.pause())),
                                    row.key());
                    }
                    return null;
                }));
    }

    private CompletionStage<DeadlineResult> attempt(Deadline row) {
        try (var _ = LogContext.of(row.correlation())) {
            return kinds.get(row.kind()).on(row);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Duration pause(Deadline row) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(row.runs(), 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private List<Deadline> take(int limit) throws SQLException {
        var now = clock.instant();
        try (var connection = database.getConnection();
                var statement = prepared(
                        connection,
                        """
                        UPDATE deadline SET due_at = ?, attempts = attempts + 1
                         WHERE key IN (SELECT key FROM deadline WHERE due_at <= ? AND kind = ANY(?)
                                        ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        RETURNING key, kind, entity_id, attempts - 1, correlation_id
                        """,
                        Timestamp.from(now.plus(TAKEN)),
                        Timestamp.from(now),
                        kinds.keySet().toArray(String[]::new),
                        limit);
                var rows = statement.executeQuery()) {
            var taken = new ArrayList<Deadline>();
            while (rows.next())
                taken.add(new Deadline(
                        rows.getString(2),
                        rows.getString(1),
                        rows.getString(3),
                        rows.getInt(4),
                        new Correlation(rows.getString(5))));
            return taken;
        }
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

    /** Takes no more; what is under way is finished, or taken up elsewhere. */
    @Override
    public void close() {
        closed = true;
        woken.release();
        if (thread == null) return;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
