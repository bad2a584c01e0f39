package io.guildhall.projections.upgrade.present;

import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;

/** A made-up aggregate as it is in the present version. */
public sealed interface Lamp extends Journalled {
    Aggregate<Lamp, Command, Event, Rejection> AGGREGATE = new Aggregate<>(
            "lamp",
            Lamp.class,
            Command.class,
            Event.class,
            Rejection.class,
            new NotCreated(),
            (_, command, _) -> Lamp.decide(command),
            (_, event) -> Lamp.evolve(event));

    record NotCreated() implements Lamp {}

    record Lit(int level) implements Lamp {}

    sealed interface Command {}

    record Light(int level) implements Command {}

    sealed interface Event extends Journalled {}

    @JournalName("lamp.lit")
    record WasLit(int level) implements Event {}

    enum Rejection {
        NEVER
    }

    private static Decision<Event, Rejection> decide(Command command) {
        return switch (command) {
            case Light(var level) -> Decision.accept(new WasLit(level));
        };
    }

    private static Lamp evolve(Event event) {
        return switch (event) {
            case WasLit(var level) -> new Lit(level);
        };
    }
}
