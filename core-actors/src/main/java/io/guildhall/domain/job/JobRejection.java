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
    NO_SUCH_PROPOSAL,
    OTHER_CURRENCY,
    /** Proposals were received in this currency, so it cannot be changed. */
    CURRENCY_FIXED,
    TOO_MANY_PROPOSALS,
    DIFFERENT_HIRE,
    /** The account that sends the command is suspended. */
    CALLER_SUSPENDED,
    /** Another account that would take part is suspended. */
    COUNTERPART_SUSPENDED
}
