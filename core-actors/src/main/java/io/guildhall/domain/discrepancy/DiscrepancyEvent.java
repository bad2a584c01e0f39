package io.guildhall.domain.discrepancy;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;

/** Events of a discrepancy, stored permanently: add new ones, never change existing ones. */
public sealed interface DiscrepancyEvent extends Journalled {
    Report report();

    Instant at();

    /** A step of the call to the provider that sends the money back. No money has moved yet. */
    sealed interface ReturnStep extends DiscrepancyEvent {
        /** From 1. */
        int attempt();
    }

    @JournalName("discrepancy.reported")
    record Reported(Report report, Instant at) implements DiscrepancyEvent {}

    /** The decision to send the money back. Repeated with the next attempt after the provider refused. */
    @JournalName("discrepancy.return-started")
    record ReturnStarted(Report report, int attempt, Instant at) implements ReturnStep {}

    @JournalName("discrepancy.return-unknown")
    record ReturnUnknown(Report report, int attempt, Instant at) implements ReturnStep {}

    @JournalName("discrepancy.return-failed")
    record ReturnFailed(Report report, int attempt, String why, Instant at) implements ReturnStep {}

    /** The provider refused the last automatic attempt. An operator can start the next one. */
    @JournalName("discrepancy.return-stalled")
    record ReturnStalled(Report report, int attempt, String why, Instant at) implements ReturnStep {}

    @JournalName("discrepancy.returned")
    record Returned(Report report, String refundId, Instant at) implements DiscrepancyEvent {}

    /** @param by the operator */
    @JournalName("discrepancy.closed")
    record Closed(
            Report report, String by, @Personal(of = "by") String note, Instant at) implements DiscrepancyEvent {}
}
