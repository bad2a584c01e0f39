package io.guildhall.domain.discrepancy;

/** Reasons for which a discrepancy rejects a command. */
public enum DiscrepancyRejection {
    NOT_REPORTED,
    NO_SUCH_ATTEMPT,
    /** The provider sent money back that has been sent back or written off already. */
    SECOND_PAYMENT,
    WRONG_AMOUNT,
    /** No money has moved, or the provider cannot send it back. */
    NOT_RETURNABLE,
    /** The money is being sent back. */
    RETURNING
}
