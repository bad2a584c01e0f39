package io.guildhall.domain.gig;

import io.guildhall.domain.gig.GigCommand.*;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.util.Optional;

/** The accounts that take part in what a gig command starts. */
final class GigParties {
    private GigParties() {}

    static Optional<Parties> of(GigCommand command) {
        return switch (command) {
            case Post _, Edit _, Publish _ -> Parties.caller(command.by());
            case Pause _, Archive _ -> Parties.none();
        };
    }
}
