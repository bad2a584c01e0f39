package io.guildhall.projections.store;

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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Reads the events of one follower in one range of slices and hands them to its handler, on a thread of its own. After a
 * failure it starts again at the stored positions, after a pause.
 */
final class FollowerReader {
    private static final int BATCH = 500;
    /** No number of resets. */
    private static final long NOT_LOADED = -1;

    private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(20);
    private static final double BACKOFF_JITTER = 0.2;

    /**
     * What the readers of a node share.
     *
     * @param permits limit the readers that use a connection at the same time
     */
    record Node(
            DataSource database,
            Semaphore permits,
            JournalReader journal,
            JournalSignal signal,
            FollowerMetrics metrics) {}

    private final Node node;
    private final Follower follower;
    private final SliceRange range;
    private final EventHandler handler;
    private final CompletableFuture<Void> stopRequest = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int failures;

    FollowerReader(Node node, Follower follower, SliceRange range, EventHandler handler) {
        this.node = node;
        this.follower = follower;
        this.range = range;
        this.handler = handler;
    }

    void start() {
        Thread.ofVirtual().name("follower-" + follower.name() + "-" + range).start(this::run);
    }

    /** Completes when the events that are being handled were handled, and no further one will be. */
    CompletionStage<Void> stop() {
        stopRequest.complete(null);
        return ended;
    }

    private boolean isStopping() {
        return stopRequest.isDone();
    }

    private void run() {
        try {
            while (!isStopping()) followUntilFailure();
        } finally {
            ended.complete(null);
        }
    }

    private void followUntilFailure() {
        try {
            follow();
        } catch (Exception | Error e) {
            if (isStopping()) return;
            if (!(e instanceof StalePositionException)) node.metrics().failed(follower.name(), range, e);
            pause();
        }
    }

    private void pause() {
        long millis = Math.min(MIN_BACKOFF.toMillis() << Math.min(failures++, 10), MAX_BACKOFF.toMillis());
        double jitter = 1 + BACKOFF_JITTER * ThreadLocalRandom.current().nextDouble();
        try {
            stopRequest.get((long) (millis * jitter), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The pause is over.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void follow() throws Exception {
        var read = awaitEvents(new State(0, NOT_LOADED));
        while (!isStopping()) {
            var checkpoint = Checkpoint.load(node.database(), node.permits(), follower, range);
            read = readUntilReset(checkpoint, read);
        }
    }

    /** Returns when the positions were reset or the reader is to stop. */
    private State readUntilReset(Checkpoint checkpoint, State first) throws Exception {
        long readUpTo = 0;
        var next = first;
        while (!isStopping() && next.resets() == first.resets()) {
            if (readTo(next.horizon(), readUpTo, checkpoint)) readUpTo = next.horizon();
            next = awaitEvents(new State(readUpTo, first.resets()));
        }
        return next;
    }

    private State awaitEvents(State read) {
        var events = node.signal().await(follower.kinds(), range, read).toCompletableFuture();
        CompletableFuture.anyOf(stopRequest, events).join();
        return isStopping() ? read : events.join();
    }

    /** Handles all events before a horizon. Returns false if it was stopped before. */
    private boolean readTo(long horizon, long readUpTo, Checkpoint checkpoint) throws Exception {
        while (!isStopping()) {
            var batch = read(horizon, readUpTo, checkpoint.positions());
            handle(batch, checkpoint);
            if (batch.size() < BATCH) return true;
        }
        return false;
    }

    private List<Envelope> read(long horizon, long readUpTo, Map<String, Position> positions) throws SQLException {
        var read = new Position(readUpTo, 0);
        var after = new HashMap<>(positions);
        after.replaceAll((_, position) -> position.compareTo(read) < 0 ? read : position);
        node.permits().acquireUninterruptibly();
        try {
            return node.journal().read(after, range, horizon, BATCH);
        } finally {
            node.permits().release();
        }
    }

    /** One by one if they fail together, so that only those of the failing entity's event and after it are not handled. */
    private void handle(List<Envelope> events, Checkpoint checkpoint) throws Exception {
        if (events.isEmpty()) return;
        try {
            handler.handle(events, checkpoint);
        } catch (StalePositionException | EventFailedException e) {
            throw e;
        } catch (Exception e) {
            if (events.size() == 1) throw new EventFailedException(events.getFirst(), e);
            for (var event : events) handle(List.of(event), checkpoint);
        }
        failures = 0;
        node.metrics().handled(follower.name(), range, events);
    }
}
