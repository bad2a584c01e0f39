package io.guildhall.domain.invite;

/** Why an acceptance came to nothing. The names are stored and seen on the wire: never changed. */
public enum AcceptanceFailure {
    /** The freelancer cannot be paid yet; the invite stands, and may be accepted again. */
    PAYOUT_NOT_READY,
    JOB_NOT_OPEN,
    OTHER_CURRENCY;

    boolean canBeMended() {
        return this == PAYOUT_NOT_READY;
    }
}
