package io.guildhall.projections.view.account;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.readmodel.account.Suspensions;
import java.time.Duration;
import java.util.Set;

/**
 * The suspended accounts, as this node has read them last, at most a second ago. While the database is unavailable, those
 * that were read last count: nothing can be written in the meantime.
 */
public final class KnownSuspensions implements SuspendedAccounts, AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final Suspensions suspensions;
    private final BackgroundLoop loop;
    private volatile Set<String> accounts;

    /**
     * Reads the suspended accounts before it returns.
     *
     * @throws IllegalStateException if they cannot be read: a node that does not know them must not start
     */
    public KnownSuspensions(Suspensions suspensions, BackgroundLoops loops) {
        this.suspensions = suspensions;
        this.accounts = suspensions.current();
        this.loop = loops.start("suspensions", this::read);
    }

    @Override
    public boolean contains(String accountId) {
        return accounts.contains(accountId);
    }

    private Duration read() {
        accounts = suspensions.current();
        return POLL_INTERVAL;
    }

    @Override
    public void close() {
        loop.close();
    }
}
