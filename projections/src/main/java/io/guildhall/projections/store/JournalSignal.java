package io.guildhall.projections.store;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.projections.store.RecentEvents.Span;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the readers of a node how far the journal can be read, wakes those for which it has events, and keeps these events in
 * memory for them. So a hundred idle readers cost one query of a value every {@link #PERIOD}, and the server's locks are
 * read once for all of them, only after transactions have started or ended and while some are running. A missed signal
 * delays a reader by at most {@link #MAX_WAIT} and loses no event.
 */
final class JournalSignal implements AutoCloseable {
    static final Duration PERIOD = Duration.ofMillis(40);
    /** Under load: fewer polls, each of which finds more events. */
    private static final Duration BUSY_PERIOD = Duration.ofMillis(120);
    /** While no transaction has started or ended for {@link #IDLE_AFTER} polls. */
    private static final Duration IDLE_PERIOD = Duration.ofMillis(100);

    /** From one poll to the next, however often the signal is woken. */
    private static final Duration MIN_PERIOD = Duration.ofMillis(10);

    private static final int IDLE_AFTER = 50;
    /** The number of events in a second that counts as load, measured over at least {@link #PERIOD}. */
    private static final int BUSY_THRESHOLD = 1_000;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    /**
     * What a reader that has waited has to know.
     *
     * @param horizon the events of all earlier transactions can be read
     * @param resets if it is not the same as before, the positions must be loaded again
     */
    record State(long horizon, long resets) {}

    private record Waiter(Collection<String> kinds, SliceRange range, State read, CompletableFuture<Void> woken) {}

    /** Which slices have events of a kind, by the horizons of this node after {@code since}. */
    private static final class Changes {
        private final long since;
        /** By slice: the first horizon that includes the newest known event. */
        private final long[] last = new long[SliceRange.SLICES];

        Changes(long since) {
            this.since = since;
        }

        boolean hasEvents(SliceRange range, long readUpTo) {
            return readUpTo < since
                    || Arrays.stream(last, range.first(), range.last() + 1).anyMatch(it -> it > readUpTo);
        }

        void add(Span span, long horizon) {
            if (span.isComplete()) span.events().forEach(it -> last[it.slice()] = horizon);
            else Arrays.fill(last, horizon);
        }
    }

    private final JournalReader journal;
    /** Guards the fields up to {@code state}. */
    private final Object lock = new Object();

    private final Set<String> kinds = new HashSet<>();
    private final Map<String, Changes> changes = new HashMap<>();
    private final RecentEvents recent = new RecentEvents(System::nanoTime);
    private final Set<Waiter> waiters = new HashSet<>();
    private State state = new State(0, 0);
    /** Whether a reader has queried since the last poll, even if the result was known: it may be outdated. */
    private boolean asked;

    private final BackgroundLoop loop;
    private @Nullable Snapshot last;
    private int unchangedPolls;
    private volatile boolean busy;
    private long events;
    private long countedSince = System.nanoTime();
    private long polledAt = System.nanoTime() - MIN_PERIOD.toNanos();

    JournalSignal(JournalReader journal, BackgroundLoops loops) {
        this.journal = journal;
        this.loop = loops.start("journal-signal", this::run);
    }

    /**
     * Completes when there is an event of these kinds and slices after a horizon or positions were reset, at the latest
     * after {@link #MAX_WAIT}.
     *
     * @param read the horizon up to which the caller has read these kinds and slices, or 0, and the resets when its
     *     positions were loaded
     */
    CompletionStage<State> await(Collection<String> kinds, SliceRange range, State read) {
        var waiter = new Waiter(kinds, range, read, new CompletableFuture<>());
        synchronized (lock) {
            this.kinds.addAll(kinds);
            asked = true;
            if (isDue(waiter)) return CompletableFuture.completedFuture(state);
            waiters.add(waiter);
        }
        return waiter.woken()
                .completeOnTimeout(null, MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(_ -> stopWaiting(waiter));
    }

    /**
     * Returns what {@link JournalReader#read(Map, SliceRange, long, int)} would, from the memory of this node; empty if it
     * no longer has all of those events.
     *
     * @param horizon at most the one that {@link #await} has returned
     */
    Optional<List<Envelope>> recentEvents(Map<String, Position> after, SliceRange range, long horizon, int limit) {
        synchronized (lock) {
            return recent.read(after, range, horizon, limit);
        }
    }

    private State stopWaiting(Waiter waiter) {
        synchronized (lock) {
            waiters.remove(waiter);
            return state;
        }
    }

    private boolean isDue(Waiter waiter) {
        if (state.horizon() == 0) return false;
        if (state.resets() != waiter.read().resets()) return true;
        return waiter.kinds().stream().anyMatch(kind -> {
            var known = changes.get(kind);
            return known != null
                    && known.hasEvents(waiter.range(), waiter.read().horizon());
        });
    }

    /** Events were committed: the next poll runs immediately, unless each poll finds many events anyway. */
    void wake() {
        if (!busy) loop.wake();
    }

    private Duration run() throws SQLException {
        var early = MIN_PERIOD.minusNanos(System.nanoTime() - polledAt);
        if (early.compareTo(Duration.ofMillis(1)) >= 0) return early;
        polledAt = System.nanoTime();
        try {
            poll();
            return period();
        } catch (SQLException | RuntimeException e) {
            last = null;
            throw e;
        }
    }

    private Duration period() {
        if (busy) return BUSY_PERIOD;
        return unchangedPolls > IDLE_AFTER ? IDLE_PERIOD : PERIOD;
    }

    private void poll() throws SQLException {
        Collection<String> followed;
        long from;
        synchronized (lock) {
            if (waiters.isEmpty() && !asked) return;
            asked = false;
            followed = List.copyOf(kinds);
            from = state.horizon();
        }
        var poll = journal.poll();
        var snapshot = poll.snapshot();
        boolean unchanged = snapshot.equals(last);
        unchangedPolls = unchanged ? unchangedPolls + 1 : 0;
        // A horizon before the end of the snapshot can move although no transaction has started or ended: see Locks.
        // An earlier horizon stays valid.
        long now = unchanged && from == snapshot.next() ? from : Math.max(from, journal.horizon(snapshot));
        var spans = now > from && from > 0 ? journal.readSpan(followed, from, now) : Map.<String, Span>of();
        count(spans.values().stream().mapToInt(it -> it.events().size()).sum());
        last = snapshot;
        wake(advance(followed, spans, new State(now, poll.resets())));
    }

    private void count(int read) {
        events += read;
        var counted = Duration.ofNanos(System.nanoTime() - countedSince);
        if (counted.compareTo(PERIOD) < 0) return;
        busy = events * 1_000 > BUSY_THRESHOLD * counted.toMillis();
        events = 0;
        countedSince = System.nanoTime();
    }

    /** Returns the waiters that have something to do now. */
    private List<Waiter> advance(Collection<String> followed, Map<String, Span> spans, State now) {
        synchronized (lock) {
            state = now;
            recent.add(followed, spans, now.horizon());
            for (var kind : followed)
                changes.computeIfAbsent(kind, _ -> new Changes(now.horizon()))
                        .add(spans.getOrDefault(kind, Span.EMPTY), now.horizon());
            return waiters.stream().filter(this::isDue).toList();
        }
    }

    private static void wake(List<Waiter> waiters) {
        waiters.forEach(it -> it.woken().complete(null));
    }

    @Override
    public void close() {
        loop.close();
    }
}
