package io.guildhall.projections.view.live;

import static java.util.Objects.requireNonNull;

import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.store.EntityJournal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The states of entities after each of their events, computed from the journal as the entity itself does. Caches the
 * last states of the most recently used entities, so that usually only new events are read.
 */
final class EntityStates {
    private static final int MAX_CACHED = 2_000;
    private static final int MAX_READ = 500;

    private record Key(String kind, String id) {}

    /** The state after the event with this sequence number. */
    private record Cached(long sequence, Object state) {}

    /** Receives each event with the state after it. */
    @FunctionalInterface
    interface Reader<S, E> {
        /** Returns whether to continue. */
        boolean read(Recorded<E> recorded, S state);
    }

    private final EntityJournal journal;
    private final Map<Key, Cached> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Cached> eldest) {
            return size() > MAX_CACHED;
        }
    };

    EntityStates(EntityJournal journal) {
        this.journal = journal;
    }

    /** Passes the events after a sequence number to a reader, in order, until the reader ends. */
    <S, E> void read(Connection connection, Aggregate<S, ?, E, ?> aggregate, String id, long after, Reader<S, E> reader)
            throws SQLException {
        var key = new Key(aggregate.name(), id);
        var start = cached(key, after);
        S state = start.sequence() == 0
                ? aggregate.initialState()
                : aggregate.states().cast(start.state());
        long sequence = start.sequence();
        boolean isReading = true;
        while (isReading) {
            var events = journal.read(connection, aggregate, id, sequence, MAX_READ);
            for (var event : events) {
                if (!isReading) break;
                state = aggregate.evolve().apply(state, event.event());
                sequence = event.sequence();
                if (sequence > after) isReading = reader.read(event, state);
            }
            isReading = isReading && events.size() == MAX_READ;
        }
        keep(key, new Cached(sequence, requireNonNull(state)));
    }

    private Cached cached(Key key, long after) {
        synchronized (cache) {
            var cached = cache.get(key);
            return cached == null || cached.sequence() > after ? new Cached(0, "") : cached;
        }
    }

    private void keep(Key key, Cached state) {
        synchronized (cache) {
            var _ = cache.merge(key, state, (old, it) -> it.sequence() > old.sequence() ? it : old);
        }
    }
}
