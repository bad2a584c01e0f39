package io.guildhall.domain.proposal;

/** Reasons for which the system declines a proposal. The names are stored: never changed. */
public enum DeclineReason {
    JOB_NOT_OPEN,
    JOB_FILLED,
    JOB_CLOSED,
    TOO_MANY_PROPOSALS,
    OTHER_CURRENCY,
    PAYOUT_NOT_READY,
    /**
     * In old events only: a job now receives a proposal whose client or freelancer was suspended after it was submitted.
     * It can be submitted again.
     */
    ACCOUNT_SUSPENDED;

    boolean canResubmit() {
        return switch (this) {
            case PAYOUT_NOT_READY, ACCOUNT_SUSPENDED -> true;
            case JOB_NOT_OPEN, JOB_FILLED, JOB_CLOSED, TOO_MANY_PROPOSALS, OTHER_CURRENCY -> false;
        };
    }
}
