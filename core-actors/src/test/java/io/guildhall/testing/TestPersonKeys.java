package io.guildhall.testing;

import io.guildhall.kernel.AesGcm;
import io.guildhall.port.PersonKey;
import io.guildhall.port.PersonKey.Destroyed;
import io.guildhall.port.PersonKey.Usable;
import io.guildhall.port.PersonKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys in memory. They are cached from their first use until {@link #forget}. */
public final class TestPersonKeys implements PersonKeys {
    private final Map<String, PersonKey> stored = new ConcurrentHashMap<>();
    private final Map<String, PersonKey> cached = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Optional<RuntimeException> outage = Optional.empty();

    /** How often keys were read that were not cached. */
    public int reads() {
        return reads.get();
    }

    /** Empties the cache. */
    public void forget() {
        cached.clear();
    }

    /** From now on every read fails with this; if it is empty, none. */
    public void fail(Optional<RuntimeException> failure) {
        outage = failure;
    }

    @Override
    public Optional<PersonKey> cached(String accountId) {
        return Optional.ofNullable(cached.get(accountId));
    }

    @Override
    public CompletionStage<Map<String, PersonKey>> find(Set<String> accountIds) {
        return read(accountIds);
    }

    @Override
    public CompletionStage<Map<String, PersonKey>> findOrCreate(Set<String> accountIds) {
        for (var id : accountIds) stored.computeIfAbsent(id, _ -> new Usable(AesGcm.createKey()));
        return read(accountIds);
    }

    private CompletionStage<Map<String, PersonKey>> read(Set<String> accountIds) {
        return CompletableFuture.supplyAsync(() -> {
            outage.ifPresent(it -> {
                throw it;
            });
            reads.incrementAndGet();
            var found = new HashMap<String, PersonKey>();
            for (var id : accountIds)
                found.put(
                        id,
                        Optional.ofNullable(stored.get(id))
                                .orElseThrow(() -> new IllegalStateException("no key of " + id)));
            cached.putAll(found);
            return found;
        });
    }

    @Override
    public CompletionStage<Void> destroy(String accountId) {
        stored.put(accountId, new Destroyed());
        cached.remove(accountId);
        return CompletableFuture.completedStage(null);
    }
}
