package io.guildhall.domain.hire;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.Optional;

/** Events of a hire, stored permanently: add new ones, never change existing ones. */
public sealed interface HireEvent extends Journalled {
    HireDetails hire();

    Instant at();

    /** @param terms of an accepted invite; empty for a proposal */
    @JournalName("hire.started")
    record Started(HireDetails hire, Optional<HireTerms> terms, Instant at) implements HireEvent {}

    /** Nothing can refuse the hire any more: its contract is created. */
    @JournalName("hire.agreed")
    record Agreed(HireDetails hire, HireTerms terms, Instant at) implements HireEvent {}

    @JournalName("hire.succeeded")
    record Succeeded(HireDetails hire, HireTerms terms, Instant at) implements HireEvent {}

    /** @param reason a code */
    @JournalName("hire.failed")
    record Failed(HireDetails hire, HireFailure failure, String reason, Instant at) implements HireEvent {}
}
