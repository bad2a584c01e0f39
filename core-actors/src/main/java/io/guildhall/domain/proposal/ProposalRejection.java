package io.guildhall.domain.proposal;

/** Why a proposal refuses; the HTTP edge maps each constant to one status. */
public enum ProposalRejection {
    NOT_SUBMITTED,
    NOT_YOURS,
    OWN_JOB,
    ALREADY_SUBMITTED,
    MILESTONES_DO_NOT_ADD_UP,
    /** A proposal keeps the currency that its job took it in. */
    CURRENCY_FIXED,
    CHANGED_MEANWHILE,
    ALREADY_ACCEPTED,
    ALREADY_DECLINED,
    ALREADY_WITHDRAWN
}
