package io.guildhall.given;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
 * What an aggregate was asked in some order, and what it made of it.
 *
 * @param journal all that happened
 * @param state in which it ended
 */
public record Conversation<S, E>(List<E> journal, S state) {
    private static final JournalSerializer SERIALIZER = new JournalSerializer();
    private static final int ENOUGH_STATES = 20_000;

    /** @param pause between the last command and this one */
    public record Said<C>(C command, Duration pause) {}

    /** Any order, any repeats, with these pauses; from a vocabulary small enough for the commands to concern each other. */
    public static <C> Arbitrary<List<Said<C>>> random(List<C> vocabulary, Duration... pauses) {
        return Combinators.combine(Arbitraries.of(vocabulary), Arbitraries.of(orNone(pauses)))
                .as(Said::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    /**
     * Has the conversation, and checks what holds for every aggregate: what was accepted can be applied; the journal, written and read
     * again, gives the same state; so does a snapshot; and what was accepted, asked again at once, changes nothing more.
     */
    public static <S, C, E, R> Conversation<S, E> hold(Aggregate<S, C, E, R> aggregate, List<Said<C>> said) {
        var state = aggregate.initialState();
        var journal = new ArrayList<E>();
        var now = Given.NOW;
        for (var it : said) {
            now = now.plus(it.pause);
            if (!(aggregate.decide().apply(state, it.command, now) instanceof Accepted<E, R>(var events))) continue;
            state = after(aggregate, state, events);
            changesNothingMore(aggregate, state, it.command, now);
            journal.addAll(events);
        }
        var replayed = after(
                aggregate,
                aggregate.initialState(),
                journal.stream().map(Conversation::reread).toList());
        assertEquals(state, replayed);
        assertEquals(state, reread(state));
        return new Conversation<>(List.copyOf(journal), state);
    }

    /**
     * Says everything in every state that can be reached, as far as there is time, and checks that nothing was forgotten: every command
     * is in the vocabulary, every phase is entered, every event happens, every refusal is given.
     *
     * @param unreached the refusals that take more than this vocabulary
     */
    public static <S, C, E, R> void reachesEverything(
            Aggregate<S, C, E, R> aggregate, List<C> vocabulary, Set<R> unreached, Duration... pauses) {
        var reached = new Reached();
        var start = new Moment<>(aggregate.initialState(), Given.NOW);
        var seen = new HashSet<>(Set.of(start));
        var open = new ArrayDeque<>(seen);
        while (!open.isEmpty() && seen.size() < ENOUGH_STATES) {
            var from = open.poll();
            for (var pause : orNone(pauses))
                for (var command : vocabulary) {
                    var to = say(aggregate, from, command, pause, reached);
                    if (seen.add(to)) open.add(to);
                }
        }
        assertEquals(family(aggregate.commands()), kinds(vocabulary), "commands");
        assertEquals(
                family(aggregate.states()),
                kinds(seen.stream().map(Moment::state).toList()),
                "phases");
        assertEquals(family(aggregate.events()), reached.events, "events");
        var refusals = new HashSet<Object>(List.of(aggregate.rejections().getEnumConstants()));
        refusals.removeAll(unreached);
        assertEquals(refusals, reached.refusals, "refusals");
    }

    private record Moment<S>(S state, Instant now) {}

    private record Reached(Set<Object> refusals, Set<Class<?>> events) {
        Reached() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    private static <S, C, E, R> Moment<S> say(
            Aggregate<S, C, E, R> aggregate, Moment<S> from, C command, Duration pause, Reached reached) {
        var now = from.now.plus(pause);
        return switch (aggregate.decide().apply(from.state, command, now)) {
            case Rejected<E, R>(var why) -> {
                reached.refusals.add(why);
                yield from;
            }
            case Accepted<E, R>(var events) -> {
                reached.events.addAll(kinds(events));
                var to = after(aggregate, from.state, events);
                changesNothingMore(aggregate, to, command, now);
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

    public <T extends E> List<T> all(Class<T> kind) {
        return journal.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <S, C, E, R> void changesNothingMore(
            Aggregate<S, C, E, R> aggregate, S state, C command, Instant now) {
        switch (aggregate.decide().apply(state, command, now)) {
            case Accepted<E, R> again ->
                assertEquals(Decision.<E, R>accept(), again, () -> command + " asked again in " + state);
            case Rejected<E, R> _ -> {}
        }
    }

    private static <S, E> S after(Aggregate<S, ?, E, ?> aggregate, S state, List<E> events) {
        for (var event : events) state = aggregate.evolve().apply(state, event);
        return state;
    }

    @SuppressWarnings("unchecked")
    private static <T> T reread(T written) {
        try {
            return (T) SERIALIZER.fromBinary(SERIALIZER.toBinary(written), SERIALIZER.manifest(written));
        } catch (NotSerializableException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Duration> orNone(Duration... pauses) {
        return pauses.length == 0 ? List.of(Duration.ZERO) : List.of(pauses);
    }
}
