package io.guildhall.projections.readmodel.discrepancy;

import io.guildhall.domain.discrepancy.Report;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * A discrepancy as its list shows it.
 *
 * @param subject id of the escrow, or of the discrepancy whose money was sent back, that is concerned
 * @param reference see {@link Report}
 * @param amount see {@link Report}
 * @param settlement how it ended; empty while it is open
 */
public record DiscrepancyRow(
        String id,
        Report.Kind kind,
        Report.Movement movement,
        String subject,
        Optional<String> contractId,
        String reference,
        Money amount,
        Optional<Expected> expected,
        Instant reportedAt,
        Status status,
        Optional<Settlement> settlement) {
    public enum Status {
        /** Waits for an operator. */
        OPEN,
        /** The money is being sent back. */
        RETURNING,
        SETTLED
    }

    /** @param amount in minor units */
    public record Expected(long amount, String currency) {}

    /**
     * @param by who has closed it: {@code operator}, or {@code guildhall} if the money was sent back or the provider has
     *     confirmed what it had denied
     * @param note what was found or done
     */
    public record Settlement(Instant at, String by, String note) {}
}
