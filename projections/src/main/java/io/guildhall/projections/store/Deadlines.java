package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.actors.LogContext;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.kernel.Backoff;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineId;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.store.DeadlineTable.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * {@value #MAX_CONCURRENT} of each kind at a time on each node. A deadline that hangs or fails delays no other kind, and
 * its own only when it takes the last of its permits. A node whose claim on a deadline lasts longer than {@link #CLAIM}
 * has died, and another node handles it. A deadline whose command is rejected at every try is parked until an operator
 * retries or drops it.
 */
public final class Deadlines implements Schedule, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration CLAIM = Duration.ofSeconds(30);
    /** Leaves time to save the result before the claim ends. */
    private static final Duration HANDLING_TIMEOUT = Duration.ofSeconds(20);

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final int MAX_CONCURRENT = 32;
    private static final int STATEMENT_CONCURRENCY = 8;
    /** The maximum number of connections at the same time: also for claiming deadlines. */
    public static final int CONNECTIONS = STATEMENT_CONCURRENCY + 1;

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

    private final DeadlineTable table;
    private final InstantSource clock;
    private final BackgroundLoops loops;
    private final BoundedExecutor statements =
            new BoundedExecutor("deadlines", STATEMENT_CONCURRENCY, STATEMENT_TIMEOUT, STATEMENT_TIMEOUT);
    private volatile Map<DeadlineKind, Kind> kinds = Map.of();
    private volatile @Nullable BackgroundLoop loop;

    /** How deadlines of one kind are handled, and the permits for those that this node handles at the same time. */
    private record Kind(DeadlineHandler handler, Semaphore permits) {}

    public Deadlines(DataSource database, InstantSource clock, BackgroundLoops loops) {
        this.table = new DeadlineTable(database);
        this.clock = clock;
        this.loops = loops;
    }

    @Override
    public CompletionStage<Void> plan(Correlation correlation, DeadlineId id, Instant due) {
        return run(() -> table.plan(correlation, id, Optional.empty(), due));
    }

    @Override
    public CompletionStage<Void> plan(Correlation correlation, DeadlineId id, String group, Instant due) {
        return run(() -> table.plan(correlation, id, Optional.of(group), due));
    }

    @Override
    public CompletionStage<Void> makeDue(DeadlineKind kind, String entityId) {
        return run(() -> table.makeDue(kind, entityId, clock.instant()));
    }

    @Override
    public CompletionStage<Void> makeGroupDue(DeadlineKind kind, String group) {
        return run(() -> table.makeGroupDue(kind, group, clock.instant()));
    }

    @FunctionalInterface
    private interface Statement {
        void execute() throws SQLException;
    }

    private CompletionStage<Void> run(Statement statement) {
        return statements.call(() -> {
            statement.execute();
            wake();
            return null;
        });
    }

    private void wake() {
        var running = loop;
        if (running != null) running.wake();
    }

    /**
     * Starts handling the deadlines of these processes on this node.
     *
     * @throws IllegalStateException if two processes handle the same kind
     */
    public void run(List<Process> processes) {
        var all = new HashMap<DeadlineKind, Kind>();
        for (var process : processes)
            process.deadlines().forEach((kind, handler) -> {
                if (all.put(kind, new Kind(handler, new Semaphore(MAX_CONCURRENT))) != null)
                    throw new IllegalStateException("Two processes handle deadlines of the kind " + kind.name());
            });
        kinds = Map.copyOf(all);
        loop = loops.start("deadlines", this::handleDue);
    }

    /** Only this loop takes permits, so those that are free now stay free until it takes them. */
    private Duration handleDue() throws SQLException {
        var free = new HashMap<DeadlineKind, Integer>();
        kinds.forEach((name, kind) -> {
            if (kind.permits().availablePermits() > 0)
                free.put(name, kind.permits().availablePermits());
        });
        for (var claim : table.claimDue(free, clock.instant(), CLAIM)) start(claim);
        return POLL_INTERVAL;
    }

    private void start(Claim claim) {
        var kind = requireNonNull(kinds.get(claim.deadline().id().kind()));
        kind.permits().acquireUninterruptibly();
        handle(kind.handler(), claim).whenComplete((_, failure) -> {
            kind.permits().release();
            wake();
            if (failure != null)
                log(claim, "The result of deadline {} was not saved; it is handled again: {}", failure);
        });
    }

    private CompletionStage<Void> handle(DeadlineHandler handler, Claim claim) {
        return attempt(handler, claim.deadline())
                .toCompletableFuture()
                .orTimeout(HANDLING_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    log(claim, "Deadline {} failed; retrying with backoff: {}", failure);
                    return DeadlineResult.retryAfter(
                            BACKOFF.after(claim.deadline().run()));
                })
                .thenApply(result -> logIfParked(claim, result))
                .thenCompose(result -> statements.<Void>call(() -> {
                    table.save(claim, result, clock.instant());
                    return null;
                }));
    }

    private static DeadlineResult logIfParked(Claim claim, DeadlineResult result) {
        if (result instanceof DeadlineResult.Rejected(var reason)
                && claim.deadline().run() >= DeadlineTable.MAX_REJECTIONS)
            try (var _ = LogContext.open(claim.deadline().correlation())) {
                LOG.warn(
                        "Deadline {} was rejected {} times and is parked: {}. See ./guildhall parked.",
                        claim.deadline().id(),
                        claim.deadline().run(),
                        reason);
            }
        return result;
    }

    private static CompletionStage<DeadlineResult> attempt(DeadlineHandler handler, Deadline deadline) {
        try (var _ = LogContext.open(deadline.correlation())) {
            return handler.handle(deadline);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Not while the node stops: then the entities leave before the handlers end, and another node continues. */
    private void log(Claim claim, String message, Throwable failure) {
        var running = loop;
        if (running == null || running.isStopping()) return;
        try (var _ = LogContext.open(claim.deadline().correlation())) {
            LOG.warn(message, claim.deadline().id(), failure.toString());
        }
    }

    /** Claims no more deadlines. Those being handled are completed, or claimed again by another node. */
    @Override
    public void close() {
        var running = loop;
        if (running != null) running.close();
    }
}
