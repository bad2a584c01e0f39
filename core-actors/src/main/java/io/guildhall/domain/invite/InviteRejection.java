package io.guildhall.domain.invite;

/** Reasons for which an invite rejects a command. The HTTP API maps each constant to one status. */
public enum InviteRejection {
    NOT_SENT,
    NOT_YOURS,
    SELF_INVITE,
    /** The freelancer's payout account is not verified. */
    PAYOUT_NOT_READY,
    MILESTONES_DO_NOT_ADD_UP,
    /** The days of the milestones add up to more than the delivery days. */
    MILESTONES_TOO_LONG,
    /** There is at most one pending invite: withdraw it before sending another. */
    ALREADY_SENT,
    ALREADY_ACCEPTED,
    ALREADY_ENDED,
    EXPIRED,
    /** The account that sends the command is suspended. */
    CALLER_SUSPENDED,
    /** Another account that would take part is suspended. */
    COUNTERPART_SUSPENDED
}
