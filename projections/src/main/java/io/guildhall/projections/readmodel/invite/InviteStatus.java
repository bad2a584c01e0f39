package io.guildhall.projections.readmodel.invite;

/** Where an invite is in its life. The names are stored and seen on the wire: never changed. */
public enum InviteStatus {
    SENT,
    ACCEPTED,
    DECLINED,
    WITHDRAWN,
    EXPIRED,
    REFUSED
}
