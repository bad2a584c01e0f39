package io.guildhall.projections.view;

import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Decision;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Executes commands with the aggregates themselves and collects their events, with sequence numbers as in the journal.
 */
public final class EventStory {
    private record Entity(Object state, long events) {}

    public record StoredEvent<E>(Aggregate<?, ?, E, ?> aggregate, Recorded<E> recorded) {
        /** Applies the event with every handler of the view for its aggregate. */
        public void applyTo(View view, Connection connection) throws SQLException {
            for (var on : view.follows()) if (on.aggregate().equals(aggregate)) apply(on, connection);
        }

        /** Applies those of the events that are of the handler's aggregate, as one group. */
        static <F> void applyAllTo(View.Subscription<F> on, List<StoredEvent<?>> events, Connection connection)
                throws SQLException {
            on.applier()
                    .applyAll(
                            connection,
                            events.stream()
                                    .filter(it -> it.aggregate().equals(on.aggregate()))
                                    .map(it -> it.castFor(on))
                                    .toList());
        }

        private <F> void apply(View.Subscription<F> on, Connection connection) throws SQLException {
            on.applier().apply(connection, castFor(on));
        }

        private <F> Recorded<F> castFor(View.Subscription<F> on) {
            var event = on.aggregate().events().cast(recorded.event());
            return new Recorded<>(
                    recorded.entityId(), recorded.sequence(), event, recorded.at(), recorded.correlation());
        }
    }

    private final Map<String, Entity> entities = new HashMap<>();
    private final List<StoredEvent<?>> events = new ArrayList<>();
    /** The time of the next command. More precise than the database stores. */
    public Instant now = Instant.parse("2026-11-01T10:00:00.123456789Z");

    /** Executes a command that the aggregate must accept, one second after the last. */
    public <S, C, E, R> EventStory execute(Aggregate<S, C, E, R> aggregate, String id, C command) {
        if (!tryExecute(aggregate, id, command)) throw new AssertionError(id + " rejected " + command);
        return this;
    }

    /** Returns false if the aggregate rejects the command. */
    public <S, C, E, R> boolean tryExecute(Aggregate<S, C, E, R> aggregate, String id, C command) {
        now = now.plus(Duration.ofSeconds(1));
        var entity = entities.getOrDefault(key(aggregate, id), new Entity(aggregate.initialState(), 0));
        var state = aggregate.states().cast(entity.state());
        return switch (aggregate.decide().apply(state, command, now)) {
            case Decision.Accepted<E, R> accepted -> {
                long number = entity.events();
                for (var event : accepted.events()) {
                    state = aggregate.evolve().apply(state, event);
                    events.add(
                            new StoredEvent<>(aggregate, new Recorded<>(id, ++number, event, now, Correlation.NONE)));
                }
                entities.put(key(aggregate, id), new Entity(state, number));
                yield true;
            }
            case Decision.Rejected<E, R> _ -> false;
        };
    }

    public <S> S state(Aggregate<S, ?, ?, ?> aggregate, String id) {
        return aggregate
                .states()
                .cast(entities.getOrDefault(key(aggregate, id), new Entity(aggregate.initialState(), 0))
                        .state());
    }

    /** Entities of different aggregates have the same id, such as an account and its profile. */
    private static String key(Aggregate<?, ?, ?, ?> aggregate, String id) {
        return aggregate.name() + "|" + id;
    }

    private static String key(StoredEvent<?> event) {
        return key(event.aggregate(), event.recorded().entityId());
    }

    public List<StoredEvent<?>> events() {
        return List.copyOf(events);
    }

    /** Returns the events in another order in which slices could deliver them: those of one entity stay in order. */
    public List<StoredEvent<?>> inAnotherOrder(RandomGenerator random) {
        var queues = new HashMap<String, ArrayList<StoredEvent<?>>>();
        for (var it : events)
            queues.computeIfAbsent(key(it), _ -> new ArrayList<>()).add(it);
        var rest = new ArrayList<>(queues.values());
        var mixed = new ArrayList<StoredEvent<?>>();
        while (!rest.isEmpty()) {
            var queue = rest.get(random.nextInt(rest.size()));
            mixed.add(queue.removeFirst());
            if (queue.isEmpty()) rest.remove(queue);
        }
        return mixed;
    }

    /** Returns the events in their order, and after each of them an earlier event of the same entity again. */
    public List<StoredEvent<?>> withOlderEvents(RandomGenerator random) {
        var earlier = new HashMap<String, ArrayList<StoredEvent<?>>>();
        var mixed = new ArrayList<StoredEvent<?>>();
        for (var it : events) {
            var ofEntity = earlier.computeIfAbsent(key(it), _ -> new ArrayList<>());
            ofEntity.add(it);
            mixed.add(it);
            mixed.add(ofEntity.get(random.nextInt(ofEntity.size())));
        }
        return mixed;
    }
}
