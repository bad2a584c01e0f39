package io.guildhall.projections.relay;

import java.util.Locale;

/** The Kafka topics of published events. Their names never change. */
public enum Topic {
    /** Accounts and public profiles. */
    USERS,
    /** What leads to a contract: jobs, proposals, invites and gigs. */
    JOBS,
    /** Contracts, their milestones, and reviews. */
    CONTRACTS,
    /** Money that moved, by escrow. */
    PAYMENTS,
    /** Notifications, by recipient. */
    NOTIFICATIONS;

    public String topicName() {
        return "guildhall." + name().toLowerCase(Locale.ROOT);
    }
}
