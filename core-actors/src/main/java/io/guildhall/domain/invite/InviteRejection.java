package io.guildhall.domain.invite;

/** Why an invite refuses; the HTTP edge maps each constant to one status. */
public enum InviteRejection {
    NOT_SENT,
    NOT_YOURS,
    YOURSELF,
    MILESTONES_DO_NOT_ADD_UP,
    /** One at a time: withdraw the other first. */
    ALREADY_SENT,
    ALREADY_ACCEPTED,
    IS_OVER,
    IS_EXPIRED
}
