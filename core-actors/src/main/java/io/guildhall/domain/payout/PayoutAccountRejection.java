package io.guildhall.domain.payout;

/** Reasons for which a payout account rejects a command. */
public enum PayoutAccountRejection {
    NOT_REQUESTED,
    NOT_OPENED,
    DIFFERENT_PROVIDER_ACCOUNT
}
