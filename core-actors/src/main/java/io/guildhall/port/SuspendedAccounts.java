package io.guildhall.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The accounts that are suspended now. Every endpoint and every aggregate reads it, see
 * {@link io.guildhall.kernel.SuspensionRule}.
 */
public interface SuspendedAccounts {
    /** How long the suspensions that a node has read are valid. */
    Duration MAX_AGE = Duration.ofSeconds(30);

    /** Never blocks. A suspension, and its end, are known on every node within about two seconds. */
    boolean contains(String accountId);

    /**
     * Since when this node knows that the account is suspended. After {@link #MAX_AGE} more, all nodes know it. Empty if
     * the account is not suspended.
     */
    Optional<Instant> knownSince(String accountId);

    /**
     * Whether the suspensions that {@link #contains} uses were read within {@link #MAX_AGE}. Otherwise commands cannot
     * start anything new with any account, since it can have been suspended in the meantime.
     */
    boolean areKnown();
}
