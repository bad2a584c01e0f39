package io.guildhall.domain.proposal;

/** Why a proposal refuses; the HTTP edge maps each constant to one status. */
public enum ProposalRejection {
    NOT_SUBMITTED,
    NOT_YOURS,
    OWN_JOB,
    ALREADY_SUBMITTED,
    MILESTONES_DO_NOT_ADD_UP,
    CHANGED_MEANWHILE,
    ALREADY_ACCEPTED,
    ALREADY_DECLINED,
    ALREADY_WITHDRAWN
}
