package io.guildhall.node;

import io.guildhall.port.SuspendedAccounts;
import java.util.function.BooleanSupplier;

/**
 * Whether a node can start something new: it holds the lease of its cluster, the journal accepts events, and it knows
 * which accounts are suspended.
 */
record NodeReadiness(BooleanSupplier hasLease, BooleanSupplier isWriting, SuspendedAccounts suspended)
        implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
        return hasLease.getAsBoolean() && isWriting.getAsBoolean() && suspended.areKnown();
    }
}
