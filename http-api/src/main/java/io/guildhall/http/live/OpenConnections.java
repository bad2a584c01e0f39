package io.guildhall.http.live;

import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The live connections of a node, within the limits for the node, for each network address and for each account. */
final class OpenConnections {
    private final LiveSettings settings;
    private final Set<LiveConnection> all = ConcurrentHashMap.newKeySet();
    /** Those whose clients have not authenticated yet, the oldest first. */
    private final Set<LiveConnection> anonymous = Collections.synchronizedSet(new LinkedHashSet<>());

    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();
    /** By the entity of the account. */
    private final Map<String, Set<LiveConnection>> perAccount = new ConcurrentHashMap<>();

    OpenConnections(LiveSettings settings) {
        this.settings = settings;
    }

    /**
     * If there are too many connections, closes the oldest one whose client has not authenticated.
     *
     * @throws Problem 429 or 503 if all have
     */
    void requireCapacity(String address) {
        boolean isAddressFull = perAddress.getOrDefault(address, 0) >= settings.maxPerAddress();
        if (isAddressFull && !replace(it -> it.address().equals(address)))
            throw Problem.later(
                    429,
                    "too-many-connections",
                    "Your network address has too many live connections. Close one, or try again later.",
                    30);
        if (all.size() >= settings.maxConnections() && !replace(_ -> true))
            throw Problem.later(
                    503, "too-many-connections", "This node has too many live connections. Try again later.", 5);
    }

    private boolean replace(Predicate<LiveConnection> condition) {
        Optional<LiveConnection> oldest;
        synchronized (anonymous) {
            oldest = anonymous.stream().filter(condition).findFirst();
        }
        oldest.ifPresent(it ->
                it.close(CloseCode.TOO_MANY, "There are too many connections. Authenticate right after opening."));
        return oldest.isPresent();
    }

    void add(LiveConnection connection) {
        all.add(connection);
        anonymous.add(connection);
        perAddress.merge(connection.address(), 1, Integer::sum);
    }

    /** @return false if the account has too many connections */
    boolean admit(LiveConnection connection, Caller caller) {
        var admitted = perAccount.compute(caller.id(), (_, existing) -> {
            Set<LiveConnection> ofAccount = existing == null ? ConcurrentHashMap.newKeySet() : existing;
            if (ofAccount.size() < settings.maxPerAccount()) ofAccount.add(connection);
            return ofAccount;
        });
        anonymous.remove(connection);
        return admitted.contains(connection);
    }

    void remove(LiveConnection connection) {
        anonymous.remove(connection);
        if (all.remove(connection))
            perAddress.computeIfPresent(connection.address(), (_, count) -> count == 1 ? null : count - 1);
    }

    void removeFrom(Caller caller, LiveConnection connection) {
        perAccount.computeIfPresent(caller.id(), (_, ofAccount) -> {
            ofAccount.remove(connection);
            return ofAccount.isEmpty() ? null : ofAccount;
        });
    }

    Set<LiveConnection> all() {
        return all;
    }

    int count() {
        return all.size();
    }

    /** The authenticated connections of an account. */
    List<LiveConnection> ofAccount(String accountId) {
        return List.copyOf(perAccount.getOrDefault(accountId, Set.of()));
    }
}
