package io.guildhall.projections.relay;

import java.util.Locale;

/** The Kafka topics of published events. Their names never change. */
public enum Topic {
    /** Accounts and public profiles. */
    USERS,
    /** Jobs, proposals, invites and gigs. */
    JOBS,
    /** Contracts, their milestones, and reviews. */
    CONTRACTS,
    /** Movements of money, by escrow. */
    PAYMENTS,
    /** Notifications, by recipient. */
    NOTIFICATIONS;

    public String topicName() {
        return "guildhall." + name().toLowerCase(Locale.ROOT);
    }
}
