package io.guildhall.domain.payout;

/** Whether the payment provider lets us transfer to a payout account: only VERIFIED may be paid, and so may apply for jobs. */
public enum PayoutStatus {
    PENDING,
    VERIFIED,
    RESTRICTED
}
