package io.guildhall.projections.view.account;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.readmodel.account.Suspensions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /**
     * @param accounts with the time at which this node first read the present suspension
     * @param at the time before they were read
     */
    private record Known(Map<String, Instant> accounts, Instant at) {}

    /**
     * Reads the suspended accounts before it returns.
     *
     * @throws IllegalStateException if they cannot be read: a node that does not know them must not start
     */
    public KnownSuspensions(Suspensions suspensions, InstantSource clock, BackgroundLoops loops) {
        this.suspensions = suspensions;
        this.clock = clock;
        this.known = readNow(Map.of());
        this.loop = loops.start("suspensions", this::read);
    }

    @Override
    public boolean contains(String accountId) {
        return known.accounts.containsKey(accountId);
    }

    @Override
    public Optional<Instant> knownSince(String accountId) {
        return Optional.ofNullable(known.accounts.get(accountId));
    }

    @Override
    public boolean areKnown() {
        return !known.at.isBefore(clock.instant().minus(MAX_AGE));
    }

    private Known readNow(Map<String, Instant> earlier) {
        var at = clock.instant();
        var current = suspensions.current();
        var now = clock.instant();
        return new Known(current.stream().collect(Collectors.toMap(it -> it, it -> earlier.getOrDefault(it, now))), at);
    }

    private Duration read() {
        known = readNow(known.accounts);
        return POLL_INTERVAL;
    }

    @Override
    public void close() {
        loop.close();
    }
}
