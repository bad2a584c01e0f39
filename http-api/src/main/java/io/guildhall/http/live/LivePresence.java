package io.guildhall.http.live;

import io.guildhall.actors.ClusterTopic;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.port.Presence;
import io.guildhall.port.Presence.State;
import io.guildhall.port.Presence.Status;
import io.guildhall.projections.readmodel.preference.PresencePreferences;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the accounts that are connected to this node, and shows the members of a room when other members come online,
 * go offline or are away. A change is sent to all nodes. A poll finds changes that were not sent, such as those of a
 * killed node.
 */
final class LivePresence {
    /** Well before a report expires. */
    static final Duration REFRESH_INTERVAL = Presence.EXPIRY.dividedBy(3);

    private static final Logger LOG = LoggerFactory.getLogger(LivePresence.class);

    /** @param lastSeen empty if it is not known */
    record PresenceChanged(String accountId, State state, Optional<Instant> lastSeen) implements ClusterTopic.Message {}

    private final Presence reports;
    private final PresencePreferences preferences;
    private final String node;
    private final ClusterTopic<PresenceChanged> topic;
    private final Map<String, Set<LiveConnection>> connected = new ConcurrentHashMap<>();
    private final Map<String, State> reported = new ConcurrentHashMap<>();
    private final WatchedAccounts<Subscription> watched = new WatchedAccounts<>();

    /** @param node the name of this node in reports */
    LivePresence(Presence reports, PresencePreferences preferences, String node, ClusterTopic<PresenceChanged> topic) {
        this.reports = reports;
        this.preferences = preferences;
        this.node = node;
        this.topic = topic;
    }

    void connected(LiveConnection connection, Caller caller) {
        var _ = connected.compute(caller.id(), (_, set) -> {
            Set<LiveConnection> all = set == null ? ConcurrentHashMap.newKeySet() : set;
            all.add(connection);
            return all;
        });
        report(caller.id());
    }

    void disconnected(LiveConnection connection, Caller caller) {
        var _ = connected.computeIfPresent(caller.id(), (_, connections) -> {
            connections.remove(connection);
            return connections.isEmpty() ? null : connections;
        });
        report(caller.id());
    }

    /** A connection of the account has become active or inactive. */
    void changed(Caller caller) {
        report(caller.id());
    }

    private State state(String accountId) {
        return connected.getOrDefault(accountId, Set.of()).stream()
                .map(LiveConnection::presence)
                .min(State::compareTo)
                .orElse(State.OFFLINE);
    }

    /** The status of accounts as other users see it. */
    private CompletionStage<Map<String, Status>> visible(Set<String> accountIds) {
        return reports.of(accountIds).thenCombine(preferences.hidden(accountIds), (statuses, hidden) -> {
            var visible = new HashMap<>(statuses);
            for (var it : hidden) visible.put(it, Status.UNKNOWN);
            return visible;
        });
    }

    private void report(String accountId) {
        var state = state(accountId);
        if (state == reported.getOrDefault(accountId, State.OFFLINE)) return;
        if (state == State.OFFLINE) reported.remove(accountId);
        else reported.put(accountId, state);
        var _ = reports.seen(accountId, state, node)
                .thenCompose(_ -> visible(Set.of(accountId)))
                .thenAccept(statuses -> statuses.forEach(
                        (id, status) -> topic.publish(new PresenceChanged(id, status.state(), status.lastSeen()))))
                .exceptionally(LivePresence::log);
    }

    private static Void log(Throwable failure) {
        LOG.warn("Presence is unavailable; the next refresh tries again: {}", failure.toString());
        throw new java.util.concurrent.CompletionException(failure);
    }

    /** Shows a subscriber of a room the presence of its other members, now and when it changes. */
    void watch(Subscription subscription, String accountId, Set<String> members) {
        var others = new HashSet<>(members);
        others.remove(accountId);
        if (others.isEmpty()) return;
        for (var it : others) watched.add(it, subscription);
        var _ = visible(others)
                .thenAccept(statuses -> statuses.forEach((id, status) -> {
                    var _ = watched.remember(id, status);
                    show(List.of(subscription), id, status);
                }))
                .exceptionally(LivePresence::log);
    }

    /** The members that the subscriber sees can have changed: one can have blocked the other. */
    void watchAgain(Subscription subscription, String accountId, ChannelAccess.Grant grant) {
        var before = subscription.grant().members();
        if (before.equals(grant.members())) return;
        stopWatching(subscription);
        subscription.granted(grant);
        for (var it : before)
            if (!it.equals(accountId) && !grant.members().contains(it)) show(List.of(subscription), it, Status.UNKNOWN);
        watch(subscription, accountId, grant.members());
    }

    void stopWatching(Subscription subscription) {
        for (var it : subscription.grant().members()) watched.remove(it, subscription);
    }

    /** A node reports that the presence of an account has changed. */
    void received(PresenceChanged change) {
        showIfChanged(change.accountId(), new Status(change.state(), change.lastSeen()));
    }

    /** An account has hidden its presence, or shows it again. */
    void preferenceChanged(String accountId) {
        if (!watched.contains(accountId)) return;
        var _ = visible(Set.of(accountId))
                .thenAccept(it -> it.forEach(this::showIfChanged))
                .exceptionally(LivePresence::log);
    }

    private void showIfChanged(String accountId, Status status) {
        boolean isSame = watched.remember(accountId, status)
                .filter(before -> before.state() == status.state()
                        && before.lastSeen().isPresent() == status.lastSeen().isPresent())
                .isPresent();
        if (!isSame) show(watched.of(accountId), accountId, status);
    }

    private static void show(List<Subscription> subscriptions, String accountId, Status status) {
        for (var it : subscriptions)
            it.show(new ServerFrame.Present(it.channel().name(), accountId, status.state(), status.lastSeen()));
    }

    /** Reports all connected accounts again, and reads the presence of those that are watched. */
    void refresh() {
        for (var it : connected.keySet()) {
            var _ = reports.seen(it, state(it), node).exceptionally(LivePresence::log);
        }
        var all = watched.all();
        for (int from = 0; from < all.size(); from += Presence.MAX_ACCOUNTS) {
            var some = Set.copyOf(all.subList(from, Math.min(from + Presence.MAX_ACCOUNTS, all.size())));
            var _ = visible(some)
                    .thenAccept(it -> it.forEach(this::showIfChanged))
                    .exceptionally(LivePresence::log);
        }
    }
}
