package io.guildhall.projections.upgrade.next;

import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.util.Optional;

/**
 * The same aggregate in the next version: a field of a command, an event and a state is added, and a command, an event, a
 * rejection and a phase.
 */
public sealed interface Lamp extends Journalled {
    Aggregate<Lamp, Command, Event, Rejection> AGGREGATE = new Aggregate<>(
            "lamp",
            Lamp.class,
            Command.class,
            Event.class,
            Rejection.class,
            new NotCreated(),
            (state, command, _) -> state.decide(command),
            Lamp::evolve);

    record NotCreated() implements Lamp {}

    /** @param times how often it was lit, which a state of the present version does not know */
    record Lit(int level, Optional<String> colour, Optional<Integer> times) implements Lamp {}

    record Broken() implements Lamp {}

    sealed interface Command {}

    record Light(int level, Optional<String> colour) implements Command {}

    record Break() implements Command {}

    sealed interface Event extends Journalled {}

    @JournalName("lamp.lit")
    record WasLit(int level, Optional<String> colour) implements Event {}

    @JournalName("lamp.broken")
    record WasBroken() implements Event {}

    enum Rejection {
        NEVER,
        BROKEN
    }

    private Decision<Event, Rejection> decide(Command command) {
        return switch (this) {
            case NotCreated _, Lit _ ->
                switch (command) {
                    case Light(var level, var colour) -> Decision.accept(new WasLit(level, colour));
                    case Break _ -> Decision.accept(new WasBroken());
                };
            case Broken _ -> Decision.reject(Rejection.BROKEN);
        };
    }

    private static Lamp evolve(Lamp state, Event event) {
        return switch (event) {
            case WasLit(var level, var colour) -> new Lit(level, colour, Optional.of(1 + times(state)));
            case WasBroken _ -> new Broken();
        };
    }

    private static int times(Lamp state) {
        return switch (state) {
            case Lit lit -> lit.times().orElseThrow();
            case NotCreated _, Broken _ -> 0;
        };
    }
}
