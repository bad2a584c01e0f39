package io.guildhall.given;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.journal.EncryptedRoundTrip;
import io.guildhall.journal.JournalSerializer;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Decision.Accepted;
import io.guildhall.kernel.Decision.Rejected;
import java.io.NotSerializableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The result of a sequence of commands to an aggregate.
 *
 * @param journal all recorded events
 * @param state the final state
 */
public record CommandSequence<S, E>(List<E> journal, S state) {
    private static final JournalSerializer SERIALIZER = new JournalSerializer();
    private static final int MAX_STATES = 20_000;
    private static final String ENTITY_ID = "acc_1";

    /** @param pause between the previous command and this one */
    public record Step<C>(C command, Duration pause) {}

    /**
     * Random sequences of these commands, with repetitions and pauses. The commands should be few, so that they affect
     * each other.
     */
    public static <C> Arbitrary<List<Step<C>>> random(List<C> commands, Duration... pauses) {
        return Combinators.combine(Arbitraries.of(commands), Arbitraries.of(orNoPause(pauses)))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    /**
     * Runs the commands and checks the rules for every aggregate: accepted events can be applied; the state can be
     * restored from the serialised events and from a serialised snapshot; both can be encrypted, since each of their
     * personal data names its persons; and an accepted command that is repeated immediately changes nothing.
     */
    public static <S, C, E, R> CommandSequence<S, E> run(Aggregate<S, C, E, R> aggregate, List<Step<C>> steps) {
        var state = aggregate.initialState();
        var journal = new ArrayList<E>();
        var now = Given.NOW;
        for (var step : steps) {
            now = now.plus(step.pause);
            if (!(aggregate.decide().apply(state, step.command, now) instanceof Accepted<E, R>(var events))) continue;
            state = apply(aggregate, state, events);
            repetitionChangesNothing(aggregate, state, step.command, now);
            for (var event : events)
                EncryptedRoundTrip.check(event, aggregate.owners().of(ENTITY_ID, state));
            journal.addAll(events);
        }
        var replayed = apply(
                aggregate,
                aggregate.initialState(),
                journal.stream().map(CommandSequence::serialiseAndRead).toList());
        assertEquals(state, replayed);
        assertEquals(state, serialiseAndRead(state));
        EncryptedRoundTrip.check(state, aggregate.owners().of(ENTITY_ID, state));
        return new CommandSequence<>(List.copyOf(journal), state);
    }

    /**
     * Runs every command in every reachable state, up to a maximum number of states, and checks that the commands cover
     * everything: every type of command is included, and every phase, event and rejection occurs, except those of the
     * rule for suspended accounts.
     *
     * @param unreached rejections that need other commands
     */
    public static <S, C, E, R> void coversEverything(
            Aggregate<S, C, E, R> aggregate, List<C> commands, Set<R> unreached, Duration... pauses) {
        coversEverything(aggregate, commands, unreached, Set.of(), pauses);
    }

    /** @param former events that are no longer recorded, and that must not occur */
    public static <S, C, E, R> void coversEverything(
            Aggregate<S, C, E, R> aggregate,
            List<C> commands,
            Set<R> unreached,
            Set<Class<? extends E>> former,
            Duration... pauses) {
        var reached = new Reached();
        var start = new Moment<>(aggregate.initialState(), Given.NOW);
        var seen = new HashSet<>(Set.of(start));
        var open = new ArrayDeque<>(seen);
        while (!open.isEmpty() && seen.size() < MAX_STATES) {
            var from = open.poll();
            for (var pause : orNoPause(pauses))
                for (var command : commands) {
                    var to = execute(aggregate, from, command, pause, reached);
                    if (seen.add(to)) open.add(to);
                }
        }
        assertEquals(family(aggregate.commands()), kinds(commands), "commands");
        assertEquals(
                family(aggregate.states()),
                kinds(seen.stream().map(Moment::state).toList()),
                "phases");
        var events = new HashSet<>(family(aggregate.events()));
        events.removeAll(former);
        assertEquals(events, reached.events, "events");
        var rejections = new HashSet<Object>(List.of(aggregate.rejections().getEnumConstants()));
        aggregate
                .suspensionRule()
                .ifPresent(it -> rejections.removeAll(Set.of(it.callerSuspended(), it.counterpartySuspended())));
        rejections.removeAll(unreached);
        assertEquals(rejections, reached.rejections, "rejections");
    }

    private record Moment<S>(S state, Instant now) {}

    private record Reached(Set<Object> rejections, Set<Class<?>> events) {
        Reached() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    private static <S, C, E, R> Moment<S> execute(
            Aggregate<S, C, E, R> aggregate, Moment<S> from, C command, Duration pause, Reached reached) {
        var now = from.now.plus(pause);
        return switch (aggregate.decide().apply(from.state, command, now)) {
            case Rejected<E, R>(var reason) -> {
                reached.rejections.add(reason);
                yield from;
            }
            case Accepted<E, R>(var events) -> {
                var to = apply(aggregate, from.state, events);
                for (var event : events)
                    if (reached.events.add(event.getClass()))
                        EncryptedRoundTrip.check(event, aggregate.owners().of(ENTITY_ID, to));
                repetitionChangesNothing(aggregate, to, command, now);
                yield new Moment<>(to, now);
            }
        };
    }

    private static Set<Class<?>> family(Class<?> family) {
        return Names.members(family).collect(Collectors.toSet());
    }

    private static Set<Class<?>> kinds(List<?> values) {
        return values.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    /** The recorded events of a type. */
    public <T extends E> List<T> events(Class<T> kind) {
        return journal.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <S, C, E, R> void repetitionChangesNothing(
            Aggregate<S, C, E, R> aggregate, S state, C command, Instant now) {
        switch (aggregate.decide().apply(state, command, now)) {
            case Accepted<E, R> again ->
                assertEquals(Decision.<E, R>accept(), again, () -> command + " repeated in " + state);
            case Rejected<E, R> _ -> {}
        }
    }

    private static <S, E> S apply(Aggregate<S, ?, E, ?> aggregate, S state, List<E> events) {
        for (var event : events) state = aggregate.evolve().apply(state, event);
        return state;
    }

    @SuppressWarnings("unchecked")
    private static <T> T serialiseAndRead(T value) {
        try {
            return (T) SERIALIZER.fromBinary(SERIALIZER.toBinary(value), SERIALIZER.manifest(value));
        } catch (NotSerializableException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Duration> orNoPause(Duration... pauses) {
        return pauses.length == 0 ? List.of(Duration.ZERO) : List.of(pauses);
    }
}
