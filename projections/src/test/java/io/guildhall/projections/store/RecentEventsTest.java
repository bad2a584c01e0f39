package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.kernel.Correlation;
import io.guildhall.projections.store.RecentEvents.Located;
import io.guildhall.projections.store.RecentEvents.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentEventsTest {
    private static final List<String> KINDS = List.of("job", "room");

    private final AtomicLong nanos = new AtomicLong(-1_000);
    private final RecentEvents recent = new RecentEvents(nanos::get);
    private final List<Located> journal = new ArrayList<>();

    private static Located event(String kind, long transaction, long ordering, int slice) {
        return new Located(
                new Envelope(
                        new Position(transaction, ordering),
                        kind,
                        "id-" + ordering,
                        1,
                        "event",
                        Instant.EPOCH,
                        Correlation.NONE),
                slice,
                1_000);
    }

    @Test
    void keepsTheNewestEventsThatFitIntoMemory() {
        recent.add(KINDS, Map.of(), 1);
        int fitting = RecentEvents.MAX_BYTES / 1_000;
        for (int i = 0; i < fitting + 10; i++) add(i + 3, event("room", i + 2, i + 2, 0));
        // The oldest ten are left to the database.
        var afterDropped = Map.of("room", new Position(11, 11));
        assertThat(recent.read(Map.of("room", new Position(10, 10)), SliceRange.ALL, fitting + 12, 10))
                .isEmpty();
        assertThat(recent.read(afterDropped, SliceRange.ALL, fitting + 12, 10))
                .hasValueSatisfying(it -> assertThat(it).hasSize(10));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void add(long horizon, Located... events) {
        journal.addAll(List.of(events));
        recent.add(KINDS, spans(List.of(events)), horizon);
    }

    private static Map<String, Span> spans(List<Located> events) {
        return events.stream()
                .collect(Collectors.groupingBy(
                        it -> it.envelope().kind(),
                        Collectors.collectingAndThen(Collectors.toList(), it -> new Span(it, true))));
    }

    private static Map<String, Position> after(long transaction) {
        return Map.of("job", new Position(transaction, 0), "room", new Position(transaction, 0));
    }

    /** What a query of the whole journal returns. */
    private List<Envelope> query(Map<String, Position> after, SliceRange range, long horizon, int limit) {
        record Placed(int place, Envelope envelope) {}
        var placed = new ArrayList<Placed>();
        after.forEach((kind, position) -> {
            Predicate<Envelope> isUnread = it -> it.kind().equals(kind)
                    && it.position().compareTo(position) > 0
                    && it.position().transaction() < horizon;
            var found = journal.stream()
                    .filter(it -> it.slice() >= range.first() && it.slice() <= range.last())
                    .map(Located::envelope)
                    .filter(isUnread)
                    .limit(limit)
                    .toList();
            for (int i = 0; i < found.size(); i++) placed.add(new Placed(i, found.get(i)));
        });
        return placed.stream()
                .sorted(Comparator.<Placed>comparingInt(it -> it.place).thenComparing(it -> it.envelope.position()))
                .limit(limit)
                .map(it -> it.envelope)
                .sorted(Comparator.comparing(Envelope::position))
                .toList();
    }

    @Test
    void returnsTheEventsSinceTheFirstHorizon() {
        add(10);
        add(12, event("job", 10, 1, 0), event("room", 11, 2, 0));
        assertThat(recent.read(after(10), SliceRange.ALL, 12, 10)).contains(query(after(10), SliceRange.ALL, 12, 10));
        assertThat(recent.read(after(9), SliceRange.ALL, 12, 10)).isEmpty();
        assertThat(recent.read(after(10), SliceRange.ALL, 13, 10)).isEmpty();
        assertThat(recent.read(Map.of("contract", new Position(10, 0)), SliceRange.ALL, 12, 10))
                .isEmpty();
    }

    @Test
    void doesNotReturnOldEvents() {
        add(10);
        add(12, event("job", 10, 1, 0));
        pass(RecentEvents.KEPT.plusMillis(1));
        add(14, event("job", 13, 2, 0));
        assertThat(recent.read(after(9), SliceRange.ALL, 14, 10)).isEmpty();
        assertThat(recent.read(after(12), SliceRange.ALL, 14, 10)).contains(query(after(12), SliceRange.ALL, 14, 10));
    }

    @Test
    void doesNotKeepAKindWithTooManyEvents() {
        add(10);
        add(12, event("room", 11, 1, 0));
        recent.add(KINDS, Map.of("job", new Span(List.of(event("job", 12, 2, 0)), false)), 14);
        assertThat(recent.read(after(10), SliceRange.ALL, 14, 10)).isEmpty();
        assertThat(recent.read(Map.of("room", new Position(10, 0)), SliceRange.ALL, 14, 10))
                .hasValueSatisfying(it -> assertThat(it).hasSize(1));
        add(16, event("job", 15, 3, 0));
        assertThat(recent.read(after(14), SliceRange.ALL, 16, 10)).contains(query(after(14), SliceRange.ALL, 16, 10));
    }

    /** Each reader in turn, at random positions that it can have. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void returnsAllUnreadEventsOrNothing(long seed) {
        var random = new Random(seed);
        long horizon = 1;
        long ordering = 0;
        int returned = 0;
        add(horizon);
        for (int round = 0; round < 400; round++) {
            pass(Duration.ofMillis(random.nextInt(120)));
            var events = new ArrayList<Located>();
            long next = horizon + random.nextInt(4);
            for (long transaction = horizon; transaction < next; transaction++)
                for (int i = random.nextInt(4); i > 0; i--)
                    events.add(event(KINDS.get(random.nextInt(2)), transaction, ++ordering, random.nextInt(1_024)));
            horizon = next;
            add(horizon, events.toArray(Located[]::new));
            long oldest = Math.max(0, horizon - random.nextInt(20));
            var after = new HashMap<String, Position>();
            for (var kind : KINDS.subList(0, 1 + random.nextInt(2)))
                after.put(kind, new Position(oldest, random.nextLong(ordering + 1)));
            var range = SliceRange.split(4).get(random.nextInt(4));
            long before = horizon - random.nextInt(2);
            int limit = 1 + random.nextInt(6);
            var read = recent.read(after, range, before, limit);
            if (read.isPresent()) {
                assertThat(read.get()).isEqualTo(query(after, range, before, limit));
                returned++;
            }
        }
        assertThat(returned).isGreaterThan(100);
    }
}
