package io.guildhall.http.live;

import io.guildhall.port.Presence.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The accounts whose presence is shown to subscribers, and what was shown of each. Nothing is remembered of an account
 * that no subscriber watches. Thread-safe.
 *
 * @param <W> a subscriber
 */
final class WatchedAccounts<W> {
    private final Map<String, Set<W>> watchers = new ConcurrentHashMap<>();
    /** Changes only while the entry of the account in {@link #watchers} is locked. */
    private final Map<String, Status> shown = new ConcurrentHashMap<>();

    void add(String accountId, W watcher) {
        var _ = watchers.compute(accountId, (_, set) -> {
            Set<W> all = set == null ? ConcurrentHashMap.newKeySet() : set;
            all.add(watcher);
            return all;
        });
    }

    void remove(String accountId, W watcher) {
        var _ = watchers.computeIfPresent(accountId, (id, all) -> {
            all.remove(watcher);
            if (!all.isEmpty()) return all;
            shown.remove(id);
            return null;
        });
    }

    /** Remembers what is shown of an account, if it is watched, and returns what was shown before. */
    Optional<Status> remember(String accountId, Status status) {
        var before = new AtomicReference<@Nullable Status>();
        var _ = watchers.computeIfPresent(accountId, (id, all) -> {
            before.set(shown.put(id, status));
            return all;
        });
        return Optional.ofNullable(before.get());
    }

    boolean contains(String accountId) {
        return watchers.containsKey(accountId);
    }

    List<W> of(String accountId) {
        return List.copyOf(watchers.getOrDefault(accountId, Set.of()));
    }

    List<String> all() {
        return List.copyOf(watchers.keySet());
    }

    /** The number of accounts of which something is remembered. */
    int remembered() {
        return shown.size();
    }
}
