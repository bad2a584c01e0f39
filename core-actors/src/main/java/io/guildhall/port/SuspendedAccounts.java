package io.guildhall.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which accounts are suspended now. Every endpoint and every aggregate reads it, see
 * {@link io.guildhall.kernel.SuspensionRule}.
 */
@FunctionalInterface
public interface SuspendedAccounts {
    /** How long the suspensions that a node has read are valid. */
    Duration MAX_AGE = Duration.ofSeconds(30);

    /** Never blocks. A suspension, and its end, are known on every node within about two seconds. */
    boolean contains(String accountId);

    /**
     * Since when this node knows that the account is suspended. After {@link #MAX_AGE} more, all nodes know it. Empty if
     * the account is not suspended, or the time is unknown.
     */
    default Optional<Instant> knownSince(String accountId) {
        return Optional.empty();
    }

    /**
     * Whether what {@link #contains} returns was read within {@link #MAX_AGE}. Otherwise commands cannot start anything
     * new with any account, since it can have been suspended in the meantime. An implementation that can be outdated
     * overrides this.
     */
    default boolean areKnown() {
        return true;
    }
}
