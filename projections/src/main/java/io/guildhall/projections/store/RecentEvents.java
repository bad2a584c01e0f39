package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The newest events of the journal, for all readers of a node: each event is read from the database and deserialized once,
 * and not by each reader. A reader that lags further behind queries the database itself. Not thread-safe.
 */
final class RecentEvents {
    /** Longer than a reader takes to handle what it has read before. */
    static final Duration KEPT = Duration.ofMillis(250);

    /** Of one kind, as stored; beyond it, older events are not kept. In memory they take several times as much. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /**
     * Events of a kind in a span of transactions.
     *
     * @param isComplete whether these are all events of the span; if not, there are too many to keep
     */
    record Span(List<Located> events, boolean isComplete) {
        static final Span EMPTY = new Span(List.of(), true);
    }

    /** @param bytes of the stored event */
    record Located(Envelope envelope, int slice, int bytes) {}

    private record Kept(Located event, long since) {}

    /** The events of a kind after {@code first}. */
    private static final class Kind {
        private final List<Kept> events = new ArrayList<>();
        private Position first;
        private long bytes;

        Kind(Position first) {
            this.first = first;
        }

        void add(Span span, long now) {
            for (var it : span.events()) {
                events.add(new Kept(it, now));
                bytes += it.bytes();
            }
        }

        void dropAll(Position end) {
            events.clear();
            bytes = 0;
            first = end;
        }

        /** Drops the events that were added earlier, and the oldest ones while all take too much memory. */
        void dropBefore(long since) {
            int dropped = 0;
            while (dropped < events.size()
                    && (bytes > MAX_BYTES || events.get(dropped).since() - since < 0)) {
                bytes -= events.get(dropped).event().bytes();
                dropped++;
            }
            if (dropped == 0) return;
            first = events.get(dropped - 1).event().envelope().position();
            events.subList(0, dropped).clear();
        }

        Stream<Envelope> after(Position position, SliceRange range) {
            return events.subList(firstAfter(position), events.size()).stream()
                    .map(Kept::event)
                    .filter(it -> range.contains(it.slice()))
                    .map(Located::envelope);
        }

        /** The index of the first event after the position: events are kept in the order of their positions. */
        private int firstAfter(Position position) {
            int from = 0;
            for (int to = events.size(); from < to; ) {
                int middle = (from + to) >>> 1;
                if (events.get(middle).event().envelope().position().compareTo(position) > 0) to = middle;
                else from = middle + 1;
            }
            return from;
        }
    }

    private final LongSupplier nanos;
    private final Map<String, Kind> kinds = new HashMap<>();
    private long horizon;

    /** @param nanos a clock such as {@link System#nanoTime} */
    RecentEvents(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Adds the events from the last horizon to this one.
     *
     * @param followed kinds; the events of a kind are kept from the call after the first one that names it
     * @param spans by kind
     */
    void add(Collection<String> followed, Map<String, Span> spans, long horizon) {
        long now = nanos.getAsLong();
        this.horizon = horizon;
        var end = new Position(horizon, 0);
        for (var name : followed) {
            var kind = kinds.get(name);
            if (kind == null) {
                kinds.put(name, new Kind(end));
                continue;
            }
            var span = spans.getOrDefault(name, Span.EMPTY);
            if (span.isComplete()) kind.add(span, now);
            else kind.dropAll(end);
            kind.dropBefore(now - KEPT.toNanos());
        }
    }

    /**
     * Returns what {@link JournalReader#read(Map, SliceRange, long, int)} would; empty if not all of those events are
     * kept.
     */
    Optional<List<Envelope>> read(Map<String, Position> after, SliceRange range, long before, int limit) {
        if (before > horizon || !after.entrySet().stream().allMatch(this::isKept)) return Optional.empty();
        var found = new ArrayList<List<Envelope>>();
        after.forEach((name, position) -> found.add(requireNonNull(kinds.get(name))
                .after(position, range)
                .filter(it -> it.position().transaction() < before)
                .limit(limit)
                .toList()));
        return Optional.of(cut(found, limit).stream()
                .sorted(Comparator.comparing(Envelope::position))
                .toList());
    }

    private boolean isKept(Map.Entry<String, Position> after) {
        var kind = kinds.get(after.getKey());
        return kind != null && kind.first.compareTo(after.getValue()) <= 0;
    }

    private record Placed(int place, Envelope envelope) {}

    /** The same number of each kind, as far as there are as many. */
    private static List<Envelope> cut(List<List<Envelope>> found, int limit) {
        if (found.stream().mapToInt(List::size).sum() <= limit)
            return found.stream().flatMap(List::stream).toList();
        var placed = new ArrayList<Placed>();
        for (var kind : found) for (int i = 0; i < kind.size(); i++) placed.add(new Placed(i, kind.get(i)));
        return placed.stream()
                .sorted(Comparator.comparingInt(Placed::place)
                        .thenComparing(it -> it.envelope().position()))
                .limit(limit)
                .map(Placed::envelope)
                .toList();
    }
}
