package io.guildhall.projections.readmodel.live;

import java.util.Arrays;
import java.util.Optional;

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
    ROOMS;

    /** Empty if this version does not know the list: a newer node has written the name. */
    public static Optional<AccountList> fromName(String name) {
        return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
    }
}
