package io.guildhall.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The accounts that are connected, over all nodes. Each node reports the accounts of its connections. A report expires,
 * so that the accounts of a node that was killed go offline.
 */
public interface Presence {
    /** How long a report is valid. A node repeats it well before, while the account is connected to it. */
    Duration EXPIRY = Duration.ofSeconds(90);

    /** How long the time is kept at which an account was last seen. */
    Duration RETENTION = Duration.ofDays(30);

    /** The maximum number of accounts in one query. */
    int MAX_ACCOUNTS = 1_000;

    /** From the most to the least present. */
    enum State {
        ONLINE,
        /** Connected, but not active. */
        AWAY,
        OFFLINE
    }

    /**
     * @param state the most present one that a node has reported and that has not expired
     * @param lastSeen the time of the newest report; empty if it is older than {@link #RETENTION}
     */
    record Status(State state, Optional<Instant> lastSeen) {
        public static final Status UNKNOWN = new Status(State.OFFLINE, Optional.empty());
    }

    /**
     * Reports an account, and replaces the last report of the node about it. The time is in whole milliseconds.
     *
     * @param state {@code OFFLINE} when the last connection of the account to the node has ended
     * @param node that reports, such as its cluster address
     */
    CompletionStage<Void> seen(String accountId, State state, String node);

    /**
     * Returns the status of each of the accounts.
     *
     * @param accountIds at most {@link #MAX_ACCOUNTS}
     */
    CompletionStage<Map<String, Status>> of(Set<String> accountIds);
}
