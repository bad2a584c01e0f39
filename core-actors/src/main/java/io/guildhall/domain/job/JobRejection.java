package io.guildhall.domain.job;

/** Why a job refuses; the HTTP edge maps each constant to one status. */
public enum JobRejection {
    NOT_POSTED,
    NOT_YOURS,
    ALREADY_POSTED,
    BUDGET_UNSOUND,
    CHANGED_MEANWHILE,
    NOT_OPEN,
    BEING_FILLED,
    NO_SUCH_PROPOSAL,
    OTHER_CURRENCY,
    /** Proposals were received in it. */
    CURRENCY_FIXED,
    TOO_MANY_PROPOSALS,
    NOT_THIS_HIRE
}
