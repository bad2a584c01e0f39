package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.projections.store.FollowerPositions.StalePositionException;
import io.guildhall.projections.store.JournalSignal.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one follower in one range of slices and hands them to its handler, in a loop of its own. After a
 * failure it starts again at the stored positions.
 */
final class FollowerReader {
    private static final int BATCH = 500;
    /** With no number of resets that occurs. */
    private static final State NOTHING_READ = new State(0, -1);

    private static final Duration STALE_PAUSE = Duration.ofMillis(200);

    /**
     * What the readers of a node share.
     *
     * @param permits limit the readers that use a connection at the same time
     * @param limits when an entity is parked
     */
    record Node(
            DataSource database,
            Semaphore permits,
            JournalReader journal,
            JournalSignal signal,
            FollowerMetrics metrics,
            BackgroundLoops loops,
            Tries.Limits limits) {}

    private final Node node;
    private final Follower follower;
    private final SliceRange range;
    private final EventHandler handler;
    private final CompletableFuture<Void> stopRequest = new CompletableFuture<>();
    private @Nullable BackgroundLoop loop;
    /** Null before the first run and after a failure. */
    private @Nullable Checkpoint checkpoint;

    private State read = NOTHING_READ;
    private final Parking parking;

    FollowerReader(Node node, Follower follower, SliceRange range, EventHandler handler) {
        this.node = node;
        this.follower = follower;
        this.range = range;
        this.handler = handler;
        this.parking = new Parking(node, follower, range, handler, this::isStopping);
    }

    void start() {
        loop = node.loops().start("follower-" + follower.name() + "-" + range, this::run);
    }

    /** Completes when the events that are being handled were handled, and no further one will be. */
    CompletionStage<Void> stop() {
        stopRequest.complete(null);
        var started = requireNonNull(loop);
        started.stop();
        return started.ended();
    }

    private boolean isStopping() {
        return stopRequest.isDone();
    }

    /** Waits for events and handles them. */
    private Duration run() throws Exception {
        try {
            follow();
            return Duration.ZERO;
        } catch (StalePositionException e) {
            forgetPositions();
            return STALE_PAUSE;
        } catch (Exception | Error e) {
            forgetPositions();
            node.metrics().failed(follower.name());
            throw e;
        }
    }

    private void forgetPositions() {
        checkpoint = null;
        read = NOTHING_READ;
    }

    private void follow() throws Exception {
        var next = awaitEvents();
        if (isStopping()) return;
        var current = current(next);
        boolean hasMoreParked = parking.settle(current);
        try {
            if (readTo(next.horizon(), current)) read = hasMoreParked ? NOTHING_READ : next;
        } catch (EventFailedException e) {
            if (!parking.park(e, current, () -> read(next.horizon(), current.positions()))) throw e;
        }
    }

    /** Loads the positions if there are none yet, or others. */
    private Checkpoint current(State next) throws SQLException {
        var loaded = checkpoint;
        if (loaded != null && next.resets() == read.resets()) return loaded;
        loaded = Checkpoint.load(node.database(), node.permits(), follower, range);
        checkpoint = loaded;
        read = new State(0, next.resets());
        return loaded;
    }

    private State awaitEvents() {
        var events = node.signal().await(follower.kinds(), range, read).toCompletableFuture();
        CompletableFuture.anyOf(stopRequest, events).join();
        return isStopping() ? read : events.join();
    }

    /** Handles all events before a horizon. Returns false if it was stopped before. */
    private boolean readTo(long horizon, Checkpoint current) throws Exception {
        while (!isStopping()) {
            var batch = read(horizon, current.positions());
            handle(batch, current);
            if (batch.size() < BATCH) return true;
        }
        return false;
    }

    private List<Envelope> read(long horizon, Map<String, Position> positions) throws SQLException {
        var first = new Position(read.horizon(), 0);
        var after = new HashMap<>(positions);
        after.replaceAll((_, position) -> position.compareTo(first) < 0 ? first : position);
        node.permits().acquireUninterruptibly();
        try {
            return node.journal().read(after, range, horizon, BATCH);
        } finally {
            node.permits().release();
        }
    }

    /** Passes over the events of parked entities. */
    private void handle(List<Envelope> batch, Checkpoint current) throws SQLException {
        for (int from = 0; from < batch.size(); ) {
            int to = from;
            while (to < batch.size() && !current.isParked(batch.get(to))) to++;
            if (to > from) handleTogether(batch.subList(from, to), current);
            if (to < batch.size()) current.passOver(batch.get(to++));
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
