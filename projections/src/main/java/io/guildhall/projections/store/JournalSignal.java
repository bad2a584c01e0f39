package io.guildhall.projections.store;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the followers of a node when the journal has something for them, so that a hundred of them cost one small query at a time when
 * nothing happens. A missed wake-up costs a few seconds, never an event: who waits looks again by itself.
 */
final class JournalSignal implements AutoCloseable {
    static final Duration PERIOD = Duration.ofMillis(40);
    /** Between looks while much happens: each then finds more, and costs less for each event. */
    private static final Duration BUSY_PERIOD = Duration.ofMillis(120);
    /** Events from one look to the next from which on much happens. */
    private static final long BUSY = 40;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(JournalSignal.class);

    private record Waiter(Collection<String> kinds, int slice, Position after, CompletableFuture<Void> woken) {
        boolean waitsFor(Stream stream, Position newest) {
            return slice == stream.slice() && kinds.contains(stream.kind()) && newest.compareTo(after) > 0;
        }
    }

    private final JournalReader journal;
    /** Where to look from: never after the place of somebody who waits for the stream. */
    private final Map<Stream, Position> seen = new ConcurrentHashMap<>();

    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private boolean failing;
    private long lookedTo;
    private long newest;
    private boolean busy;
    private volatile boolean asked;

    JournalSignal(JournalReader journal) {
        this.journal = journal;
        this.thread = Thread.ofVirtual().name("journal-signal").start(this::run);
    }

    /** Completes when there is something after this place, or when it is time to look whether there is. */
    CompletionStage<Void> await(Collection<String> kinds, int slice, Position after) {
        var waiter = new Waiter(kinds, slice, after, new CompletableFuture<>());
        waiters.add(waiter);
        for (var kind : kinds) lookFrom(new Stream(kind, slice), after);
        return waiter.woken()
                .completeOnTimeout(null, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> waiters.remove(waiter));
    }

    private void lookFrom(Stream stream, Position after) {
        seen.compute(stream, (_, from) -> {
            if (from != null && from.compareTo(after) <= 0) return from;
            asked = true;
            return after;
        });
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                TimeUnit.MILLISECONDS.sleep((busy ? BUSY_PERIOD : PERIOD).toMillis());
                if (!waiters.isEmpty()) look();
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | RuntimeException e) {
                if (!failing) log.warn("The journal cannot be read; trying again until it can: {}", e.getMessage());
                failing = true;
                asked = true;
            }
        }
    }

    /** Where no transaction has ended since, nothing can have come. */
    private void look() throws SQLException {
        boolean isAsked = asked;
        asked = false;
        long horizon = journal.horizon();
        long before = newest;
        if (horizon != lookedTo || isAsked)
            for (var news : journal.news(Map.copyOf(seen), horizon)) tell(news.getKey(), news.getValue());
        busy = newest - before > BUSY;
        lookedTo = horizon;
    }

    private void tell(Stream stream, Position last) {
        newest = Math.max(newest, last.ordering());
        seen.put(stream, last);
        for (var waiter : waiters)
            if (waiter.waitsFor(stream, last)) waiter.woken().complete(null);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
