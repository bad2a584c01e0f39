package io.guildhall.testing;

import io.guildhall.port.SuspendedAccounts;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The suspended accounts of a test. */
public final class TestSuspensions implements SuspendedAccounts {
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();
    /** False while the node could not read them recently. */
    public volatile boolean areKnown = true;

    /** For all suspended accounts. */
    public volatile Instant knownSince = Instant.EPOCH;

    /** Runs whenever somebody asks for an account, such as an aggregate that decides. */
    public volatile Consumer<String> whenAsked = _ -> {};

    public void add(String account) {
        accounts.add(account);
    }

    public void addAll(Collection<String> all) {
        accounts.addAll(all);
    }

    public void remove(String account) {
        accounts.remove(account);
    }

    public void removeAll(Collection<String> all) {
        accounts.removeAll(all);
    }

    @Override
    public boolean contains(String accountId) {
        whenAsked.accept(accountId);
        return accounts.contains(accountId);
    }

    @Override
    public Optional<Instant> knownSince(String accountId) {
        return contains(accountId) ? Optional.of(knownSince) : Optional.empty();
    }

    @Override
    public boolean areKnown() {
        return areKnown;
    }
}
