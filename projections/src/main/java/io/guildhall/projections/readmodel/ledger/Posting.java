package io.guildhall.projections.readmodel.ledger;

import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of an entry in the double-entry ledger. The debits of an entry equal its credits.
 *
 * @param entry the id of the entry: the escrow or discrepancy and the sequence number of its event
 * @param line from 1
 * @param account {@code provider-cash}, {@code escrow:<id>}, {@code payable:<freelancer>}, {@code revenue:fees},
 *     {@code surplus:<discrepancy>} or {@code write-offs}
 * @param note the operator's, if an operator has settled it
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
        Money amount,
        Optional<String> note) {
    public enum Side {
        DEBIT,
        CREDIT
    }

    public enum What {
        HELD,
        RELEASE_STARTED,
        /** The provider refuses the release, so the money is held again. */
        RELEASE_ABANDONED,
        RELEASED,
        REFUNDED,
        /** An operator has paid an amount outside the provider that the provider refuses to move. */
        SETTLED_OUTSIDE,
        /** Money moved that no escrow accounts for. */
        SURPLUS_MOVED,
        SURPLUS_RETURNED,
        SURPLUS_WRITTEN_OFF
    }
}
