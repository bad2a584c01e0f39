package io.guildhall.domain.proposal;

/** Reasons for which a proposal rejects a command. The HTTP API maps each constant to one status. */
public enum ProposalRejection {
    NOT_SUBMITTED,
    NOT_YOURS,
    OWN_JOB,
    /** The freelancer's payout account is not verified. */
    PAYOUT_NOT_READY,
    ALREADY_SUBMITTED,
    MILESTONES_DO_NOT_ADD_UP,
    /** The days of the milestones add up to more than the delivery days. */
    MILESTONES_TOO_LONG,
    /** The currency of a proposal cannot be changed. */
    CURRENCY_FIXED,
    REVISION_MISMATCH,
    ALREADY_ACCEPTED,
    ALREADY_DECLINED,
    ALREADY_WITHDRAWN,
    /** The account that sends the command is suspended. */
    CALLER_SUSPENDED,
    /** Another account that would take part is suspended. */
    COUNTERPART_SUSPENDED
}
