package io.guildhall.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The open connections of a server, within its limits. If there are too many, of one address or in total, a new one
 * replaces the one that has waited longest for a request. If all of them are serving a request, the new one is refused.
 * So clients that open connections and send nothing keep nobody out.
 */
final class Connections {
    private final ConnectionLimits limits;
    private final TrustedProxies proxies;
    private final MeterRegistry metrics;
    private final Map<InetAddress, Peer> peers = new HashMap<>();
    private final LinkedHashSet<Connection> waiting = new LinkedHashSet<>();
    private int open;

    private static final class Peer {
        private final LinkedHashSet<Connection> waiting = new LinkedHashSet<>();
        private int open;
    }

    Connections(String server, ConnectionLimits limits, TrustedProxies proxies, MeterRegistry metrics) {
        this.limits = limits;
        this.proxies = proxies;
        this.metrics = metrics;
        metrics.gauge(
                "guildhall.http.connections",
                io.micrometer.core.instrument.Tags.of("server", server),
                this,
                Connections::count);
    }

    /** One connection. It waits for a request when it is opened, and after each response. */
    final class Connection {
        private final InetAddress address;
        private final Runnable close;
        private boolean isOpen = true;

        private Connection(InetAddress address, Runnable close) {
            this.address = address;
            this.close = close;
        }

        /** A request has arrived. */
        void serving() {
            synchronized (Connections.this) {
                setWaiting(this, false);
            }
        }

        /** The response was sent. */
        void waiting() {
            synchronized (Connections.this) {
                if (isOpen) setWaiting(this, true);
            }
        }

        void closed() {
            synchronized (Connections.this) {
                remove(this);
            }
        }
    }

    ConnectionLimits limits() {
        return limits;
    }

    /**
     * Adds a connection.
     *
     * @param close closes the connection, unless it has received a request in the meantime; called on any thread
     * @return empty if it must be refused
     */
    Optional<Connection> open(InetAddress address, Runnable close) {
        Optional<Connection> replaced;
        Connection connection;
        synchronized (this) {
            var peer = peers.getOrDefault(address, new Peer());
            boolean peerIsFull = peer.open >= limits.perAddress() && !proxies.contains(address);
            replaced = peerIsFull ? first(peer.waiting) : open >= limits.total() ? first(waiting) : Optional.empty();
            if (replaced.isEmpty() && (peerIsFull || open >= limits.total())) {
                count("refused");
                return Optional.empty();
            }
            replaced.ifPresent(this::remove);
            connection = new Connection(address, close);
            add(connection);
        }
        replaced.ifPresent(it -> {
            count("replaced");
            it.close.run();
        });
        return Optional.of(connection);
    }

    /** @param reason why the server closed a connection */
    void count(String reason) {
        metrics.counter("guildhall.http.connections.closed", "reason", reason).increment();
    }

    synchronized int count() {
        return open;
    }

    private static Optional<Connection> first(SequencedSet<Connection> connections) {
        return connections.isEmpty() ? Optional.empty() : Optional.of(connections.getFirst());
    }

    private void add(Connection connection) {
        open++;
        peers.computeIfAbsent(connection.address, _ -> new Peer()).open++;
        setWaiting(connection, true);
    }

    private void setWaiting(Connection connection, boolean isWaiting) {
        var peer = peers.get(connection.address);
        if (peer == null) return;
        if (isWaiting) {
            waiting.add(connection);
            peer.waiting.add(connection);
        } else {
            waiting.remove(connection);
            peer.waiting.remove(connection);
        }
    }

    private void remove(Connection connection) {
        if (!connection.isOpen) return;
        connection.isOpen = false;
        setWaiting(connection, false);
        open--;
        peers.computeIfPresent(connection.address, (_, peer) -> --peer.open == 0 ? null : peer);
    }
}
