package io.guildhall.projections.store;

import io.guildhall.background.BackgroundLoops;
import io.guildhall.background.LoopMonitor;
import io.guildhall.projections.store.FollowerPositions.StalePositionException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.projection.HandlerRecoveryStrategy;
import org.apache.pekko.projection.Projection;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.javadsl.Handler;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;

/**
 * Reads the events of one follower in one range of slices and hands them to its handler, as a projection. Pekko Projection
 * runs, stops and restarts it; after a failure it starts again at the stored positions.
 */
final class FollowerReader {
    private static final double BACKOFF_JITTER = 0.2;
    /** Pekko Projection saves an offset that is not read after so many batches, or after this time. */
    private static final int SAVE_OFFSET_EVERY = 1_000;

    private static final Duration SAVE_OFFSET_AFTER = Duration.ofMinutes(1);

    /**
     * What the readers of a node share.
     *
     * @param permits limit the readers that use a connection at the same time
     * @param limits when an event is tried again, and when its entity is parked
     * @param threads read and handle events; shut down before the node closes the database
     */
    record Node(
            DataSource database,
            Semaphore permits,
            JournalReader journal,
            JournalSignal signal,
            FollowerMetrics metrics,
            BackgroundLoops loops,
            Tries.Limits limits,
            ExecutorService threads) {}

    private final Node node;
    private final Follower follower;
    private final SliceRange range;
    private final EventHandler handler;
    private final LoopMonitor monitor;
    private final Parking parking;
    private volatile boolean stopping;

    FollowerReader(Node node, Follower follower, SliceRange range, EventHandler handler) {
        this.node = node;
        this.follower = follower;
        this.range = range;
        this.handler = handler;
        this.monitor = node.loops().monitor("follower-" + follower.name() + "-" + range);
        this.parking = new Parking(node, follower, range, handler, this::isStopping);
    }

    Projection<Batch> projection(ActorSystem<?> system) {
        return JdbcProjection.atLeastOnceAsync(
                        ProjectionId.of(follower.name(), range.toString()),
                        new JournalSource(this),
                        () -> OffsetSession.open(node.database(), node.permits()),
                        BatchHandler::new,
                        system)
                .withSaveOffset(SAVE_OFFSET_EVERY, SAVE_OFFSET_AFTER)
                .withRecoveryStrategy(HandlerRecoveryStrategy.fail())
                .withRestartBackoff(node.limits().minPause(), node.limits().maxPause(), BACKOFF_JITTER)
                .withStatusObserver(new ReaderStatus(this));
    }

    Node node() {
        return node;
    }

    Follower follower() {
        return follower;
    }

    SliceRange range() {
        return range;
    }

    void starting() {
        stopping = false;
    }

    void stopping() {
        stopping = true;
    }

    /** Whether the reader is to end as soon as it can. */
    boolean isStopping() {
        return stopping || node.threads().isShutdown();
    }

    /** Whether parked entities are to be tried again now. Not while a batch is being handled. */
    boolean hasParkedToTry(Checkpoint current) {
        return parking.isDue(current);
    }

    /** Has handled events, or found none. */
    void succeeded() {
        monitor.succeeded();
    }

    void failed(Throwable cause) {
        if (isStopping() || isStale(cause)) return;
        node.metrics().failed(follower.name());
        monitor.failed(cause);
    }

    private static boolean isStale(Throwable failure) {
        for (var it = failure; it != null; it = it.getCause()) if (it instanceof StalePositionException) return true;
        return false;
    }

    Checkpoint loadCheckpoint() throws SQLException {
        return Checkpoint.load(node.database(), node.permits(), follower, range);
    }

    List<Envelope> read(Map<String, Position> after, long horizon, int limit) throws SQLException {
        var recent = node.signal().recentEvents(after, range, horizon, limit);
        return recent.isPresent() ? recent.get() : query(after, horizon, limit);
    }

    private List<Envelope> query(Map<String, Position> after, long horizon, int limit) throws SQLException {
        node.permits().acquireUninterruptibly();
        try {
            return node.journal().read(after, range, horizon, limit);
        } finally {
            node.permits().release();
        }
    }

    private final class BatchHandler extends Handler<Batch> {
        @Override
        public CompletionStage<Done> process(Batch batch) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            handle(batch);
                            batch.handled().complete(null);
                            return Done.getInstance();
                        } catch (SQLException e) {
                            throw new CompletionException(e);
                        }
                    },
                    node.threads());
        }
    }

    private void handle(Batch batch) throws SQLException {
        var current = batch.checkpoint();
        parking.settle(current);
        var unhandled = batch.take();
        while (!unhandled.isEmpty()) {
            try {
                handle(unhandled, current);
                return;
            } catch (EventFailedException e) {
                unhandled = unhandled.subList(unhandled.indexOf(e.event()), unhandled.size());
                if (!parking.park(e, current, unhandled)) throw e;
                unhandled = unhandled.subList(1, unhandled.size());
            }
        }
    }

    /** Passes over the events of parked entities. */
    private void handle(List<Envelope> events, Checkpoint current) throws SQLException {
        for (int from = 0; from < events.size(); ) {
            int to = from;
            while (to < events.size() && !current.isParked(events.get(to))) to++;
            if (to > from) handleTogether(events.subList(from, to), current);
            if (to < events.size()) current.skip(events.get(to++));
            from = to;
        }
    }

    /** One by one if they fail together, so that only the failing event and those after it are not handled. */
    private void handleTogether(List<Envelope> events, Checkpoint current) {
        try {
            handler.handle(events, current);
        } catch (StalePositionException | EventFailedException e) {
            throw e;
        } catch (Exception | Error e) {
            if (events.size() == 1) throw new EventFailedException(events.getFirst(), e);
            for (var event : events) handleTogether(List.of(event), current);
            return;
        }
        node.metrics().handled(follower.name(), events);
    }
}
