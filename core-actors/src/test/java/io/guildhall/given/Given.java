package io.guildhall.given;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Decision.Accepted;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Starts a test of an aggregate: given these events, when it gets a command, then it records these events or rejects
 * the command.
 */
public record Given<S, C, E, R>(Aggregate<S, C, E, R> aggregate, S state, Set<String> suspended) {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @SafeVarargs
    public static <S, C, E, R> Given<S, C, E, R> given(Aggregate<S, C, E, R> aggregate, E... history) {
        var state = aggregate.initialState();
        for (var event : history) state = aggregate.evolve().apply(state, event);
        return new Given<>(aggregate, state, Set.of());
    }

    /** These accounts are suspended, and no others. */
    public Given<S, C, E, R> whileSuspended(String... accounts) {
        return new Given<>(aggregate, state, Set.of(accounts));
    }

    public Then<S, C, E, R> when(C command) {
        return when(command, NOW);
    }

    public Then<S, C, E, R> when(C command, Instant now) {
        return new Then<>(this, aggregate.decide(state, command, now, suspended::contains));
    }

    /** @param decision the result of the command */
    public record Then<S, C, E, R>(Given<S, C, E, R> before, Decision<E, R> decision) {
        /** The command records exactly these events, in this order. Returns the state after them. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final Given<S, C, E, R> then(E... events) {
            assertEquals(new Accepted<E, R>(List.of(events)), decision);
            var state = before.state;
            for (var event : events) state = before.aggregate.evolve().apply(state, event);
            return new Given<>(before.aggregate, state, before.suspended);
        }

        /** The command is accepted and records nothing. */
        public Given<S, C, E, R> thenNothingChanges() {
            return then();
        }

        /** The command is rejected and records nothing. */
        public Given<S, C, E, R> thenRejected(R reason) {
            assertEquals(Decision.reject(reason), decision);
            return before;
        }
    }
}
