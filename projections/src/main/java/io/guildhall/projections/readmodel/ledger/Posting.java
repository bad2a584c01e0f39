package io.guildhall.projections.readmodel.ledger;

import io.guildhall.kernel.Money;
import java.time.Instant;

/**
 * One line of an entry in the double-entry ledger. The debits and the credits of an entry add up to the same.
 *
 * @param entry the movement that it is a line of
 * @param account {@code provider-cash}, {@code escrow:<id>}, {@code payable:<freelancer>} or {@code revenue:fees}
 */
public record Posting(
        String entry,
        int line,
        Instant at,
        What what,
        String contractId,
        int milestone,
        String account,
        Side side,
        Money amount) {
    public enum Side {
        DEBIT,
        CREDIT
    }

    public enum What {
        HELD,
        RELEASE_STARTED,
        RELEASED,
        REFUNDED
    }
}
