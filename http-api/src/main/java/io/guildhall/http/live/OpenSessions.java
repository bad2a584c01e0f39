package io.guildhall.http.live;

import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions of a node, within the limits for the node, for each network address and for each account. */
final class OpenSessions {
    private final LiveSettings settings;
    private final Set<LiveSession> all = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();
    /** By the entity of the account. */
    private final Map<String, Set<LiveSession>> perAccount = new ConcurrentHashMap<>();

    OpenSessions(LiveSettings settings) {
        this.settings = settings;
    }

    /** @throws Problem 429 or 503 if there are too many connections */
    void requireRoom(String address) {
        if (all.size() >= settings.maxConnections())
            throw Problem.later(
                    503, "too-many-connections", "This node has too many live connections. Try again later.", 5);
        if (perAddress.getOrDefault(address, 0) >= settings.maxPerAddress())
            throw Problem.later(
                    429,
                    "too-many-connections",
                    "Your network address has too many live connections. Close one, or try again later.",
                    30);
    }

    void add(LiveSession session) {
        all.add(session);
        perAddress.merge(session.address(), 1, Integer::sum);
    }

    /** @return false if the account has too many connections */
    boolean admit(LiveSession session, Caller caller) {
        var admitted = perAccount.compute(caller.address(), (_, existing) -> {
            Set<LiveSession> ofAccount = existing == null ? ConcurrentHashMap.newKeySet() : existing;
            if (ofAccount.size() < settings.maxPerAccount()) ofAccount.add(session);
            return ofAccount;
        });
        return admitted.contains(session);
    }

    void remove(LiveSession session) {
        if (all.remove(session))
            perAddress.computeIfPresent(session.address(), (_, count) -> count == 1 ? null : count - 1);
    }

    void removeFrom(Caller caller, LiveSession session) {
        perAccount.computeIfPresent(caller.address(), (_, ofAccount) -> {
            ofAccount.remove(session);
            return ofAccount.isEmpty() ? null : ofAccount;
        });
    }

    Set<LiveSession> all() {
        return all;
    }

    int count() {
        return all.size();
    }

    /** @param accountAddress the id of the account's entity */
    List<LiveSession> ofAccount(String accountAddress) {
        return List.copyOf(perAccount.getOrDefault(accountAddress, Set.of()));
    }
}
