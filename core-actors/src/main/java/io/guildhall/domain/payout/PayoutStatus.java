package io.guildhall.domain.payout;

/**
 * Whether the payment provider allows transfers to a payout account. Only owners of a VERIFIED one can be paid, and so
 * apply for jobs.
 */
public enum PayoutStatus {
    PENDING,
    VERIFIED,
    RESTRICTED
}
