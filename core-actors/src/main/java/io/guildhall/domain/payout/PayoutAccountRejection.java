package io.guildhall.domain.payout;

/** Why a payout account refuses. */
public enum PayoutAccountRejection {
    NOT_REQUESTED,
    NOT_OPENED,
    OPENED_AS_ANOTHER
}
