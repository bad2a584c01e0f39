package io.guildhall.testing;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import io.guildhall.port.Presence;
import io.guildhall.port.PresenceReport;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Presence in memory, for tests without a database. */
public final class MemoryPresence implements Presence {
    private final Map<String, Map<String, PresenceReport>> reports = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public MemoryPresence(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> seen(String accountId, State state, String node) {
        reports.computeIfAbsent(accountId, _ -> new ConcurrentHashMap<>())
                .put(node, new PresenceReport(state, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return completedFuture(null);
    }

    @Override
    public CompletionStage<Map<String, Status>> of(Set<String> accountIds) {
        if (accountIds.size() > MAX_ACCOUNTS) throw new IllegalArgumentException("too many accounts");
        return completedFuture(accountIds.stream()
                .collect(toMap(
                        it -> it,
                        it -> PresenceReport.status(
                                reports.getOrDefault(it, Map.of()).values(), clock.instant()))));
    }
}
