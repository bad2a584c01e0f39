package io.guildhall.projections.readmodel.operatortask;

import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * What the program cannot settle by itself.
 *
 * @param id of the escrow or the discrepancy
 * @param amount of the payment
 * @param detail the provider's reason, or what was reported
 * @param attempts number of calls that the provider refused
 * @param since when the program stopped trying
 */
public record OperatorTask(
        String id, Kind kind, Optional<String> contractId, Money amount, String detail, int attempts, Instant since) {
    public enum Kind {
        /** The provider refuses to pay a freelancer. */
        PAYOUT_REFUSED,
        /** The provider refuses to refund a client. */
        REFUND_REFUSED,
        /** The provider refuses to send a surplus back. */
        RETURN_REFUSED,
        /** A report of the provider that does not fit. */
        DISCREPANCY
    }
}
