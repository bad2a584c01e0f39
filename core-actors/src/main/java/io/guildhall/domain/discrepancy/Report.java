package io.guildhall.domain.discrepancy;

import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.kernel.Money;
import java.util.Optional;

/**
 * What the payment provider reported or the auditor found, and what was expected instead.
 *
 * @param subject id of the escrow, or of the discrepancy whose money was sent back, that the provider or the record
 *     names
 * @param attempt of the instruction that the provider names; 0 if it is not known
 * @param reference id of the payment at the provider; for OUT_OF_BALANCE, the records that do not balance
 * @param amount the reported amount; for MISSING_PAYMENT the recorded amount, for OUT_OF_BALANCE the difference
 * @param expected the requested or recorded amount; for FALSE_REPORT the amount that the provider states when it is
 *     queried; empty if there is none
 * @param deal of the escrow, if it exists
 */
public record Report(
        Kind kind,
        Movement movement,
        String subject,
        int attempt,
        String reference,
        Money amount,
        Optional<Money> expected,
        Optional<EscrowDeal> deal) {
    public enum Kind {
        /** A second payment succeeded where one was asked for. */
        SECOND_PAYMENT,
        /** A payment of another amount or currency than asked for. */
        WRONG_AMOUNT,
        /** A payment that was not requested. */
        UNKNOWN_PAYMENT,
        /** A payment that succeeded has failed since: its money was returned. */
        REVERSED,
        /** A signed webhook states what the provider denies when it is queried. No money has moved. */
        FALSE_REPORT,
        /** A payment is recorded, and the provider states that it has moved no money. */
        MISSING_PAYMENT,
        /** The provider states another amount or currency of a payment than is recorded. */
        OTHER_AMOUNT,
        /** The records of an escrow or a discrepancy do not add up. */
        OUT_OF_BALANCE
    }

    public enum Movement {
        /** From the client's card to the platform. */
        CHARGE,
        /** To the freelancer. */
        TRANSFER,
        /** Back to the client's card. */
        REFUND,
        /** None at the provider: the records themselves are concerned. */
        NONE
    }

    /** Whether money has moved that the escrows do not account for. */
    public boolean hasMovedMoney() {
        return switch (kind) {
            case SECOND_PAYMENT, WRONG_AMOUNT, UNKNOWN_PAYMENT, REVERSED -> true;
            case FALSE_REPORT, MISSING_PAYMENT, OTHER_AMOUNT, OUT_OF_BALANCE -> false;
        };
    }

    /** Whether it is settled if the provider states later that the payment has moved this amount. */
    public boolean canBeConfirmed() {
        return kind == Kind.FALSE_REPORT || kind == Kind.MISSING_PAYMENT;
    }

    /** Whether the money has come to the platform; it has left the platform otherwise. */
    public boolean hasComeIn() {
        return (movement == Movement.CHARGE) != (kind == Kind.REVERSED);
    }

    /** Whether the provider can send the money back. */
    boolean canBeReturned() {
        return hasMovedMoney() && movement == Movement.CHARGE && kind != Kind.REVERSED;
    }

    /**
     * Whether the money is sent back without an operator. An unknown payment is not: its escrow may be missing from our
     * records, not from the client's.
     */
    public boolean mustBeReturned() {
        return canBeReturned() && kind != Kind.UNKNOWN_PAYMENT;
    }
}
