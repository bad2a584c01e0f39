package io.guildhall.projections.readmodel.live;

/** The lists of an account whose changes its channel {@code me} announces. The names are stored and never change. */
public enum AccountList {
    NOTIFICATIONS,
    JOBS,
    /** The proposals that a freelancer has submitted. */
    PROPOSALS,
    /** The proposals for the jobs of a client. */
    RECEIVED_PROPOSALS,
    SENT_INVITES,
    RECEIVED_INVITES,
    CONTRACTS,
    GIGS,
    ROOMS
}
