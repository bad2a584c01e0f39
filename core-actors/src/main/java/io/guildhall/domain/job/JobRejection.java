package io.guildhall.domain.job;

/** Reasons for which a job rejects a command. The HTTP API maps each constant to one status. */
public enum JobRejection {
    NOT_POSTED,
    NOT_YOURS,
    ALREADY_POSTED,
    INVALID_BUDGET,
    REVISION_MISMATCH,
    NOT_OPEN,
    BEING_FILLED,
    OTHER_CURRENCY,
    /** Proposals in this currency are waiting, so it cannot be changed. */
    CURRENCY_FIXED,
    DIFFERENT_HIRE,
    /** The account that sends the command is suspended. */
    CALLER_SUSPENDED,
    /** Another account that would take part is suspended. */
    COUNTERPART_SUSPENDED
}
