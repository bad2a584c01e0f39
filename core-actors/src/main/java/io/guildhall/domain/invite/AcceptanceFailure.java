package io.guildhall.domain.invite;

/** Reasons for which the hire after an acceptance fails. The names are stored and part of the API: never changed. */
public enum AcceptanceFailure {
    /** The freelancer's payout account is not ready. The invite is pending again and can be accepted later. */
    PAYOUT_NOT_READY,
    JOB_NOT_OPEN,
    OTHER_CURRENCY;

    boolean isRetryable() {
        return this == PAYOUT_NOT_READY;
    }
}
