package io.guildhall.projections.readmodel.invite;

/** The status of an invite. The names are stored and part of the API, and never change. */
public enum InviteStatus {
    SENT,
    ACCEPTED,
    DECLINED,
    WITHDRAWN,
    EXPIRED,
    REFUSED
}
