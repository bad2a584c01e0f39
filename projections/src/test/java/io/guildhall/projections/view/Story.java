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

/** What happened, as the aggregates themselves decide it: events with the numbers that the journal would give them. */
final class Story {
    private record Life(Object state, long events) {}

    record Happening<E>(Aggregate<?, ?, E, ?> aggregate, Recorded<E> recorded) {
        void to(View view, Connection connection) throws SQLException {
            for (var on : view.follows()) if (on.aggregate().equals(aggregate)) apply(on, connection);
        }

        static <F> void allTo(View.On<F> on, List<Happening<?>> happenings, Connection connection) throws SQLException {
            on.applier()
                    .applyAll(
                            connection,
                            happenings.stream()
                                    .filter(it -> it.aggregate().equals(on.aggregate()))
                                    .map(it -> it.as(on))
                                    .toList());
        }

        private <F> void apply(View.On<F> on, Connection connection) throws SQLException {
            on.applier().apply(connection, as(on));
        }

        private <F> Recorded<F> as(View.On<F> on) {
            var event = on.aggregate().events().cast(recorded.event());
            return new Recorded<>(
                    recorded.entityId(), recorded.sequence(), event, recorded.at(), recorded.correlation());
        }
    }

    private final Map<String, Life> lives = new HashMap<>();
    private final List<Happening<?>> happenings = new ArrayList<>();
    // With more digits than the database keeps.
    Instant now = Instant.parse("2026-11-01T10:00:00.123456789Z");

    <S, C, E, R> Story tell(Aggregate<S, C, E, R> aggregate, String id, C command) {
        if (!ask(aggregate, id, command)) throw new AssertionError(id + " refused " + command);
        return this;
    }

    /** False where it was refused. */
    <S, C, E, R> boolean ask(Aggregate<S, C, E, R> aggregate, String id, C command) {
        now = now.plus(Duration.ofSeconds(1));
        var life = lives.getOrDefault(id, new Life(aggregate.unborn(), 0));
        var state = aggregate.states().cast(life.state());
        return switch (aggregate.decide().apply(state, command, now)) {
            case Decision.Accepted<E, R> accepted -> {
                long number = life.events();
                for (var event : accepted.events()) {
                    state = aggregate.evolve().apply(state, event);
                    happenings.add(
                            new Happening<>(aggregate, new Recorded<>(id, ++number, event, now, Correlation.NONE)));
                }
                lives.put(id, new Life(state, number));
                yield true;
            }
            case Decision.Rejected<E, R> _ -> false;
        };
    }

    <S> S state(Aggregate<S, ?, ?, ?> aggregate, String id) {
        return aggregate
                .states()
                .cast(lives.getOrDefault(id, new Life(aggregate.unborn(), 0)).state());
    }

    List<Happening<?>> all() {
        return List.copyOf(happenings);
    }

    /** In another order in which slices might bring it: each entity's events stay in theirs. */
    List<Happening<?>> otherwise(RandomGenerator chance) {
        var queues = new HashMap<String, ArrayList<Happening<?>>>();
        for (var it : happenings)
            queues.computeIfAbsent(it.recorded().entityId(), _ -> new ArrayList<>())
                    .add(it);
        var rest = new ArrayList<>(queues.values());
        var mixed = new ArrayList<Happening<?>>();
        while (!rest.isEmpty()) {
            var queue = rest.get(chance.nextInt(rest.size()));
            mixed.add(queue.removeFirst());
            if (queue.isEmpty()) rest.remove(queue);
        }
        return mixed;
    }
}
