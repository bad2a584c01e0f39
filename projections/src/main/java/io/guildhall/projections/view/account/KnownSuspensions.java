package io.guildhall.projections.view.account;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.readmodel.account.Suspensions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * The suspended accounts, which this node reads every second. If they could not be read for {@link #MAX_AGE}, they are
 * unknown: commands start nothing new, see {@link #areKnown}, while pages still use the last ones that were read.
 */
public final class KnownSuspensions implements SuspendedAccounts, AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final Suspensions suspensions;
    private final InstantSource clock;
    private final BackgroundLoop loop;
    private volatile Known known;

    /** @param at the time before they were read */
    private record Known(Set<String> accounts, Instant at) {}

    /**
     * Reads the suspended accounts before it returns.
     *
     * @throws IllegalStateException if they cannot be read: a node that does not know them must not start
     */
    public KnownSuspensions(Suspensions suspensions, InstantSource clock, BackgroundLoops loops) {
        this.suspensions = suspensions;
        this.clock = clock;
        this.known = readNow();
        this.loop = loops.start("suspensions", this::read);
    }

    @Override
    public boolean contains(String accountId) {
        return known.accounts.contains(accountId);
    }

    @Override
    public boolean areKnown() {
        return !known.at.isBefore(clock.instant().minus(MAX_AGE));
    }

    private Known readNow() {
        var at = clock.instant();
        return new Known(suspensions.current(), at);
    }

    private Duration read() {
        known = readNow();
        return POLL_INTERVAL;
    }

    @Override
    public void close() {
        loop.close();
    }
}
