package io.guildhall.port;

/**
 * Which accounts are suspended now. Every endpoint and every aggregate reads it, see
 * {@link io.guildhall.kernel.SuspensionRule}.
 */
@FunctionalInterface
public interface SuspendedAccounts {
    /** Never blocks. A suspension, and its end, are known on every node within about two seconds. */
    boolean contains(String accountId);
}
