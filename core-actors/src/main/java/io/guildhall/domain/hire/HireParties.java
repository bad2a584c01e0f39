package io.guildhall.domain.hire;

import io.guildhall.domain.hire.HireCommand.*;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.util.Optional;

/** Who takes part in what a command to a hire starts. */
final class HireParties {
    private HireParties() {}

    /** A suspension that arrives before the hire is agreed on ends it. */
    static Optional<Parties> of(Hire hire, HireCommand command) {
        return switch (command) {
            case Agree agree ->
                hire.findDetails()
                        .flatMap(it -> Parties.of(it.clientId(), agree.terms().freelancerId()));
            case Start _, Refuse _, TimeOut _, Complete _ -> Parties.none();
        };
    }
}
