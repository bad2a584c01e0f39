package io.guildhall.domain.proposal;

/** Why a proposal came to nothing without its freelancer's doing. */
public enum DeclineReason {
    JOB_NOT_OPEN,
    JOB_FILLED,
    JOB_CLOSED,
    TOO_MANY_PROPOSALS,
    OTHER_CURRENCY,
    PAYOUT_NOT_READY
}
