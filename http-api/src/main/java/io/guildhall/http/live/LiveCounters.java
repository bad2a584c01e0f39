package io.guildhall.http.live;

import io.guildhall.http.route.room.CountersResource;
import io.guildhall.projections.readmodel.room.Counters;
import io.guildhall.projections.readmodel.room.ReadMarkQueries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows accounts their counters on the channel {@code me}: when a client subscribes, and when they change. One query at a
 * time counts for all accounts whose counters were changed in the meantime.
 */
final class LiveCounters {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCounters.class);
    private static final int MAX_COUNTED = 50;

    private final ReadMarkQueries readMarks;
    /** The subscriptions of each account, with what they were shown last. */
    private final Map<String, Map<Subscription, Optional<Counters>>> watchers = new ConcurrentHashMap<>();

    private final Set<String> changed = new HashSet<>();
    private boolean isCounting;

    LiveCounters(ReadMarkQueries readMarks) {
        this.readMarks = readMarks;
    }

    /** Shows the account's counters, now and when they change. */
    void watch(Subscription me, String accountId) {
        var _ = watchers.compute(accountId, (_, subscriptions) -> {
            Map<Subscription, Optional<Counters>> all =
                    subscriptions == null ? new ConcurrentHashMap<>() : subscriptions;
            all.put(me, Optional.empty());
            return all;
        });
        changed(List.of(accountId));
    }

    void stopWatching(Subscription me) {
        var _ = watchers.computeIfPresent(me.channel().id(), (_, subscriptions) -> {
            subscriptions.remove(me);
            return subscriptions.isEmpty() ? null : subscriptions;
        });
    }

    /** The counters of these accounts can have changed. */
    void changed(Collection<String> accountIds) {
        synchronized (changed) {
            accountIds.stream().filter(watchers::containsKey).forEach(changed::add);
            if (isCounting || changed.isEmpty()) return;
            isCounting = true;
        }
        count(next());
    }

    /** Counts for all accounts: a signal can have been lost. */
    void refresh() {
        changed(watchers.keySet());
    }

    private Set<String> next() {
        synchronized (changed) {
            var some = new ArrayList<>(changed).subList(0, Math.min(changed.size(), MAX_COUNTED));
            some.forEach(changed::remove);
            return Set.copyOf(some);
        }
    }

    private void count(Set<String> accountIds) {
        // By another thread: this one can hold the lock of a connection, and the result locks others.
        var _ = readMarks.counters(accountIds).whenCompleteAsync(this::counted);
    }

    private void counted(@Nullable Map<String, Counters> counters, @Nullable Throwable failure) {
        try {
            if (counters != null) counters.forEach(this::show);
            else
                LOG.warn(
                        "Counters of unread messages are unavailable; the next refresh tries again: {}",
                        String.valueOf(failure));
        } finally {
            if (continues()) count(next());
        }
    }

    private boolean continues() {
        synchronized (changed) {
            isCounting = !changed.isEmpty();
            return isCounting;
        }
    }

    private void show(String accountId, Counters counters) {
        var shown = watchers.getOrDefault(accountId, Map.of());
        for (var it : List.copyOf(shown.keySet())) {
            var before = shown.replace(it, Optional.of(counters));
            // Null if it was ended in the meantime.
            if (before != null && !before.equals(Optional.of(counters)))
                it.show(new ServerFrame.CountersShown(it.channel().name(), CountersResource.of(counters)));
        }
    }
}
