package io.guildhall.projections.store;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.projections.store.JournalReader.Stream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the followers of a node when the journal has events for them, so that a hundred idle followers cost one small
 * query every {@link #PERIOD}. A missed signal delays a follower by at most {@link #MAX_WAIT} and loses no event.
 */
final class JournalSignal implements AutoCloseable {
    static final Duration PERIOD = Duration.ofMillis(40);
    /** Under load: fewer polls, each of which finds more events. */
    private static final Duration BUSY_PERIOD = Duration.ofMillis(120);
    /** The number of events from one poll to the next that counts as load. */
    private static final long BUSY_THRESHOLD = 40;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private record Waiter(Collection<String> kinds, int slice, Position after, CompletableFuture<Void> woken) {
        boolean waitsFor(Stream stream, Position newest) {
            return slice == stream.slice() && kinds.contains(stream.kind()) && newest.compareTo(after) > 0;
        }
    }

    private final JournalReader journal;
    /** The positions to poll from: never after the position of a waiter for the stream. */
    private final Map<Stream, Position> seen = new ConcurrentHashMap<>();

    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final BackgroundLoop loop;
    private long lastHorizon;
    private long newest;
    private boolean busy;
    private volatile boolean pollRequested;

    JournalSignal(JournalReader journal, BackgroundLoops loops) {
        this.journal = journal;
        this.loop = loops.start("journal-signal", this::poll);
    }

    /** Completes when there is an event after this position, at the latest after {@link #MAX_WAIT}. */
    CompletionStage<Void> await(Collection<String> kinds, int slice, Position after) {
        var waiter = new Waiter(kinds, slice, after, new CompletableFuture<>());
        waiters.add(waiter);
        for (var kind : kinds) pollFrom(new Stream(kind, slice), after);
        return waiter.woken()
                .completeOnTimeout(null, MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> waiters.remove(waiter));
    }

    private void pollFrom(Stream stream, Position after) {
        seen.compute(stream, (_, from) -> {
            if (from != null && from.compareTo(after) <= 0) return from;
            pollRequested = true;
            return after;
        });
    }

    private Duration poll() throws SQLException {
        if (waiters.isEmpty()) return PERIOD;
        boolean wasRequested = pollRequested;
        pollRequested = false;
        try {
            wakeWaiters(wasRequested);
        } catch (SQLException | RuntimeException e) {
            pollRequested = true;
            throw e;
        }
        return busy ? BUSY_PERIOD : PERIOD;
    }

    /** While no transaction has ended since the last poll, there are no new events. */
    private void wakeWaiters(boolean wasRequested) throws SQLException {
        long horizon = journal.horizon();
        long before = newest;
        if (horizon != lastHorizon || wasRequested)
            for (var newer : journal.newer(Map.copyOf(seen), horizon)) wake(newer.getKey(), newer.getValue());
        busy = newest - before > BUSY_THRESHOLD;
        lastHorizon = horizon;
    }

    private void wake(Stream stream, Position last) {
        newest = Math.max(newest, last.ordering());
        seen.put(stream, last);
        for (var waiter : waiters)
            if (waiter.waitsFor(stream, last)) waiter.woken().complete(null);
    }

    @Override
    public void close() {
        loop.close();
    }
}
