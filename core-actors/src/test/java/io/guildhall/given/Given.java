package io.guildhall.given;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Decision.Accepted;
import java.time.Instant;
import java.util.List;

/** Begins a sentence about an aggregate: given what has happened, when it is asked something, then this happens or is refused. */
public record Given<S, C, E, R>(Aggregate<S, C, E, R> aggregate, S state) {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @SafeVarargs
    public static <S, C, E, R> Given<S, C, E, R> given(Aggregate<S, C, E, R> aggregate, E... history) {
        var state = aggregate.initialState();
        for (var event : history) state = aggregate.evolve().apply(state, event);
        return new Given<>(aggregate, state);
    }

    public Then<S, C, E, R> when(C command) {
        return when(command, NOW);
    }

    public Then<S, C, E, R> when(C command, Instant now) {
        return new Then<>(this, aggregate.decide().apply(state, command, now));
    }

    /** @param decision what the aggregate answered */
    public record Then<S, C, E, R>(Given<S, C, E, R> before, Decision<E, R> decision) {
        /** Exactly these, in this order; what is given after them. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final Given<S, C, E, R> then(E... events) {
            assertEquals(new Accepted<E, R>(List.of(events)), decision);
            var state = before.state;
            for (var event : events) state = before.aggregate.evolve().apply(state, event);
            return new Given<>(before.aggregate, state);
        }

        /** Accepted, with nothing to record. */
        public Given<S, C, E, R> thenItIsSoAlready() {
            return then();
        }

        /** With nothing changed. */
        public Given<S, C, E, R> thenRefused(R why) {
            assertEquals(Decision.reject(why), decision);
            return before;
        }
    }
}
