package io.guildhall.http.server;

import io.guildhall.http.network.ClientNetworks;
import io.guildhall.http.network.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The open connections of a server, within its limits. If there are too many, of one address or in total, a new one
 * replaces the one that has waited longest: for a request, or after an upgrade for its client to authenticate. If all of
 * them are in use, the new one is refused. So idle connections cannot keep other clients out. Thread-safe.
 */
final class Connections {
    private final ConnectionLimits limits;
    private final TrustedProxies proxies;
    private final MeterRegistry metrics;
    private final Map<InetAddress, Peer> peers = new HashMap<>();
    private final LinkedHashSet<Connection> replaceable = new LinkedHashSet<>();
    /** Those that count for the limits: all except those that were replaced. */
    private final Set<Connection> counted = new HashSet<>();
    /** Includes those that were replaced while they served a request. */
    private final Set<Connection> all = new LinkedHashSet<>();

    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private boolean isClosing;

    private static final class Peer {
        private final LinkedHashSet<Connection> replaceable = new LinkedHashSet<>();
        private int open;
    }

    Connections(String server, ConnectionLimits limits, TrustedProxies proxies, MeterRegistry metrics) {
        this.limits = limits;
        this.proxies = proxies;
        this.metrics = metrics;
        metrics.gauge("guildhall.http.connections", Tags.of("server", server), this, Connections::count);
    }

    ConnectionLimits limits() {
        return limits;
    }

    /**
     * Adds a connection.
     *
     * @return empty if it must be refused
     */
    synchronized Optional<Connection> open(InetAddress address) {
        var network = ClientNetworks.of(address);
        var peer = peers.getOrDefault(network, new Peer());
        boolean peerIsFull = peer.open >= limits.perAddress(counted.size()) && !proxies.contains(address);
        boolean isFull = peerIsFull || counted.size() >= limits.total();
        var replaced = isFull ? first(peerIsFull ? peer.replaceable : replaceable) : Optional.<Connection>empty();
        if (isClosing || (isFull && replaced.isEmpty())) {
            count("refused");
            return Optional.empty();
        }
        replaced.ifPresent(it -> {
            count("replaced");
            remove(it);
            it.requestClose();
        });
        var connection = new Connection(this, network);
        add(connection);
        return Optional.of(connection);
    }

    /** Refuses new connections, closes all others as soon as they serve no request, and completes when there are none. */
    synchronized CompletionStage<Void> close() {
        isClosing = true;
        if (all.isEmpty()) empty.complete(null);
        all.forEach(Connection::requestClose);
        return empty;
    }

    /** Closes all connections immediately. */
    synchronized void abort() {
        all.forEach(Connection::requestAbort);
    }

    /** A connection has ended. */
    synchronized void closed(Connection connection) {
        remove(connection);
        all.remove(connection);
        if (isClosing && all.isEmpty()) empty.complete(null);
    }

    /** @param reason why the server closed a connection */
    void count(String reason) {
        metrics.counter("guildhall.http.connections.closed", "reason", reason).increment();
    }

    synchronized int count() {
        return counted.size();
    }

    private static Optional<Connection> first(SequencedSet<Connection> connections) {
        return connections.isEmpty() ? Optional.empty() : Optional.of(connections.getFirst());
    }

    private void add(Connection connection) {
        counted.add(connection);
        all.add(connection);
        peers.computeIfAbsent(connection.network(), _ -> new Peer()).open++;
        connection.update();
    }

    /** Guarded by this. */
    void setReplaceable(Connection connection, boolean isReplaceable) {
        var peer = peers.get(connection.network());
        if (peer == null || !counted.contains(connection)) return;
        if (isReplaceable) {
            replaceable.add(connection);
            peer.replaceable.add(connection);
        } else {
            replaceable.remove(connection);
            peer.replaceable.remove(connection);
        }
    }

    private void remove(Connection connection) {
        setReplaceable(connection, false);
        if (counted.remove(connection))
            peers.computeIfPresent(connection.network(), (_, peer) -> --peer.open == 0 ? null : peer);
    }
}
