package io.guildhall.projections.readmodel.ledger;

import io.guildhall.kernel.Money;
import java.time.Instant;

/**
 * One line of an entry in the double-entry ledger. The debits of an entry equal its credits.
 *
 * @param entry the id of the entry: the escrow or discrepancy and the sequence number of its event
 * @param line from 1
 * @param account {@code provider-cash}, {@code escrow:<id>}, {@code payable:<freelancer>}, {@code revenue:fees},
 *     {@code surplus:<discrepancy>} or {@code write-offs}
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
        REFUNDED,
        /** Money moved that no escrow accounts for. */
        SURPLUS_MOVED,
        SURPLUS_RETURNED,
        SURPLUS_WRITTEN_OFF
    }
}
