package io.guildhall.domain.discrepancy;

import io.guildhall.kernel.Money;

/** Commands that a discrepancy accepts. */
public sealed interface DiscrepancyCommand {
    record RecordReport(Report report) implements DiscrepancyCommand {}

    /** The outcome of sending the money back. */
    sealed interface ReturnOutcome extends DiscrepancyCommand {
        /** From 1. */
        int attempt();
    }

    /** @param amount that the provider refunded */
    record RecordReturned(int attempt, String refundId, Money amount) implements ReturnOutcome {}

    record RecordReturnFailed(int attempt, String error) implements ReturnOutcome {}

    record RecordReturnUnknown(int attempt) implements ReturnOutcome {}

    /** Sends the money back, or starts the next attempt after the provider refused. */
    record Retry() implements DiscrepancyCommand {}

    /**
     * Ends the discrepancy. Money that was not sent back is written off.
     *
     * @param by the operator, or the program if the provider has confirmed what it had denied
     * @param note what the operator found or did
     */
    record Close(String by, String note) implements DiscrepancyCommand {}
}
