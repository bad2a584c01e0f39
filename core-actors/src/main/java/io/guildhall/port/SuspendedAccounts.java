package io.guildhall.port;

import java.time.Duration;

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
     * Whether what {@link #contains} returns was read within {@link #MAX_AGE}. Otherwise commands cannot start anything
     * new with any account, since it can have been suspended in the meantime. An implementation that can be outdated
     * overrides this.
     */
    default boolean areKnown() {
        return true;
    }
}
