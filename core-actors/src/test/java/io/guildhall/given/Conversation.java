package io.guildhall.given;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.journal.JournalSerializer;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Decision.Accepted;
import io.guildhall.kernel.Decision.Rejected;
import java.io.NotSerializableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                .ofMaxSize(25);
    }

    /**
     * Has the conversation, and checks what holds for every aggregate: what was accepted can be applied; the journal, written and read
     * again, gives the same state; so does a snapshot; and what was accepted, asked again at once, changes nothing more.
     */
    public static <S, C, E, R> Conversation<S, E> hold(Aggregate<S, C, E, R> aggregate, List<Said<C>> said) {
        return hold(aggregate, said, (_, _) -> {});
    }

    /** @param check is given the events before each accepted command, and those that it brought */
    public static <S, C, E, R> Conversation<S, E> hold(
            Aggregate<S, C, E, R> aggregate, List<Said<C>> said, BiConsumer<List<E>, List<E>> check) {
        var state = aggregate.unborn();
        var journal = new ArrayList<E>();
        var now = Given.NOW;
        for (var it : said) {
            now = now.plus(it.pause);
            if (!(aggregate.decide().apply(state, it.command, now) instanceof Accepted<E, R>(var events))) continue;
            state = after(aggregate, state, events);
            changesNothingMore(aggregate, state, it.command, now);
            check.accept(List.copyOf(journal), events);
            journal.addAll(events);
        }
        var replayed = after(
                aggregate,
                aggregate.unborn(),
                journal.stream().map(Conversation::reread).toList());
        assertEquals(state, replayed);
        assertEquals(state, reread(state));
        return new Conversation<>(List.copyOf(journal), state);
    }

    /** Everything that an aggregate can refuse to whom has this vocabulary, in whatever state it can be brought to with it. */
    public static <S, C, E, R> Set<R> refusals(
            Aggregate<S, C, E, R> aggregate, List<C> vocabulary, Duration... pauses) {
        record Moment<S>(S state, Instant now) {}
        var refused = new HashSet<R>();
        var seen = new HashSet<>(Set.of(new Moment<>(aggregate.unborn(), Given.NOW)));
        var open = new ArrayDeque<>(seen);
        while (!open.isEmpty() && seen.size() < ENOUGH_STATES) {
            var from = open.poll();
            for (var pause : orNone(pauses))
                for (var command : vocabulary) {
                    var now = from.now.plus(pause);
                    switch (aggregate.decide().apply(from.state, command, now)) {
                        case Rejected<E, R>(var why) -> refused.add(why);
                        case Accepted<E, R>(var events) -> {
                            var to = new Moment<>(after(aggregate, from.state, events), now);
                            if (seen.add(to)) open.add(to);
                        }
                    }
                }
        }
        return refused;
    }

    /** So that a command added later cannot be left out of the conversations. */
    public static <C> void coversAll(Class<C> family, List<C> vocabulary) {
        var said = vocabulary.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(members(family).collect(Collectors.toSet()), said);
    }

    /** The records and enums of a sealed family. */
    public static Stream<Class<?>> members(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(Conversation::members)
                : Stream.of(family);
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
