package io.guildhall.domain.payout;

/** Reasons for which a payout account rejects a command. */
public enum PayoutAccountRejection {
    NOT_REQUESTED,
    NOT_OPENED,
    OPENED_AS_ANOTHER
}
