package io.guildhall.domain.invite;

/** Reasons for which the hire after an acceptance fails. The names are stored and part of the API: never changed. */
public enum AcceptanceFailure {
    /** The freelancer's payout account is not ready. The invite is pending again and can be accepted later. */
    PAYOUT_NOT_READY,
    JOB_NOT_OPEN,
    OTHER_CURRENCY,
    /** The client or the freelancer is suspended. The invite is pending again and can be accepted later. */
    ACCOUNT_SUSPENDED;

    boolean isRetryable() {
        return switch (this) {
            case PAYOUT_NOT_READY, ACCOUNT_SUSPENDED -> true;
            case JOB_NOT_OPEN, OTHER_CURRENCY -> false;
        };
    }
}
