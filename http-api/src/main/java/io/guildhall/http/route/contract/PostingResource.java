package io.guildhall.http.route.contract;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.ledger.Posting;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of an entry in the double-entry ledger. The debits of an entry equal its credits.
 *
 * @param entry its id, the same for all lines of an entry
 * @param line from 1
 * @param type the movement of money that the entry records
 * @param account a ledger account, as {@link Posting#account} names it
 * @param note the operator's note if it was settled outside the payment provider
 */
public record PostingResource(
        String entry,
        int line,
        Instant at,
        Posting.What type,
        String contractId,
        int milestone,
        String account,
        Posting.Side side,
        Money amount,
        Optional<String> note) {

    static PostingResource of(Posting posting) {
        return new PostingResource(
                posting.entry(),
                posting.line(),
                posting.at(),
                posting.what(),
                posting.contractId(),
                posting.milestone(),
                posting.account(),
                posting.side(),
                posting.amount(),
                posting.note());
    }
}
