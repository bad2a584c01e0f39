package io.guildhall.http.server;

import io.guildhall.http.network.ClientNetworks;
import io.guildhall.http.network.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
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
    /** Includes those that were replaced while they served a request. */
    private final Set<Connection> all = new LinkedHashSet<>();

    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private boolean isClosing;
    private int open;

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

    /**
     * One connection. It serves a request from the request's header until the network has accepted the whole response,
     * and waits for a request at other times.
     */
    final class Connection {
        private final InetAddress network;
        private final CompletableFuture<Void> close = new CompletableFuture<>();
        private final CompletableFuture<Void> abort = new CompletableFuture<>();
        private boolean isClosing;
        private boolean isCounted = true;
        private boolean isWaiting;
        private boolean isHeaderBegun;
        private boolean isUpgraded;
        private boolean isIdentified;
        private boolean isReplaceable;
        private boolean isBodyPending;
        private boolean isBlocked;
        private boolean isResponsePending;
        private int requests;
        private long requestsArrived;
        private long waitingSince;
        private Duration timeout = limits.headerTimeout();

        private Connection(InetAddress network) {
            this.network = network;
        }

        /** Completes when the connection must be closed, at a moment at which it serves no request. */
        CompletionStage<Void> close() {
            return close;
        }

        /** Completes when the connection must be closed immediately. */
        CompletionStage<Void> abort() {
            return abort;
        }

        /** Whether it must be closed once it serves no request. */
        boolean isClosing() {
            synchronized (Connections.this) {
                return isClosing;
            }
        }

        private void requestClose() {
            isClosing = true;
            if (isWaiting || isUpgraded) close.complete(null);
        }

        void requestArrived() {
            synchronized (Connections.this) {
                requests++;
                requestsArrived++;
                update();
            }
        }

        /** How many requests have arrived so far. */
        long requestsArrived() {
            synchronized (Connections.this) {
                return requestsArrived;
            }
        }

        /** The header of a request begins to arrive. */
        void headerBegins() {
            synchronized (Connections.this) {
                if (!isWaiting || isHeaderBegun) return;
                isHeaderBegun = true;
                var headerDeadline = limits.headerTimeout().plusNanos(System.nanoTime() - waitingSince);
                if (headerDeadline.compareTo(timeout) < 0) timeout = headerDeadline;
            }
        }

        boolean isWaiting() {
            synchronized (Connections.this) {
                return isWaiting;
            }
        }

        /** The response is complete; its bytes follow in {@link #blocked}. */
        void responseFollows() {
            synchronized (Connections.this) {
                requests--;
                isResponsePending = true;
            }
        }

        /** The content of a response that was sent while it was read has ended. */
        void streamEnded() {
            synchronized (Connections.this) {
                requests--;
                update();
            }
        }

        /** The connection is no longer one of HTTP requests: its protocol was switched. */
        void upgraded() {
            synchronized (Connections.this) {
                isUpgraded = true;
                update();
            }
        }

        /** Its client has authenticated, after the protocol was switched. Until then, a new connection can replace it. */
        void identified() {
            synchronized (Connections.this) {
                isIdentified = true;
                update();
            }
        }

        /** The body of a request follows. If the response is sent before its end, the connection is closed. */
        void bodyBegins() {
            synchronized (Connections.this) {
                isBodyPending = true;
            }
        }

        void bodyEnded() {
            synchronized (Connections.this) {
                isBodyPending = false;
                update();
            }
        }

        /** Bytes wait for the network. */
        void blocked() {
            synchronized (Connections.this) {
                isBlocked = true;
                isResponsePending = false;
                update();
            }
        }

        /** The network has accepted all bytes. Returns whether the connection must be closed now. */
        boolean unblocked() {
            synchronized (Connections.this) {
                isBlocked = false;
                update();
                return isClosing && isWaiting;
            }
        }

        void closed() {
            synchronized (Connections.this) {
                remove(this);
                all.remove(this);
                if (isClosing && all.isEmpty()) empty.complete(null);
            }
        }

        /** Whether it serves no request: it waits for one, or its protocol has no requests. */
        boolean isIdle() {
            synchronized (Connections.this) {
                return isWaiting || isUpgraded;
            }
        }

        /** Returns how long it can still wait for the next request; empty while it serves one. */
        Optional<Duration> timeLeft() {
            synchronized (Connections.this) {
                return isWaiting ? Optional.of(timeout.minusNanos(System.nanoTime() - waitingSince)) : Optional.empty();
            }
        }

        private void update() {
            boolean next = requests == 0 && !isBlocked && !isResponsePending && !isUpgraded && !isBodyPending;
            if (next != isWaiting) {
                isHeaderBegun = false;
                if (next) waitingSince = System.nanoTime();
                else timeout = limits.keepAliveTimeout();
                isWaiting = next;
            }
            setReplaceable(isWaiting || (isUpgraded && !isIdentified));
            if (isWaiting && isClosing) close.complete(null);
        }

        private void setReplaceable(boolean next) {
            if (next == isReplaceable || !isCounted) return;
            isReplaceable = next;
            Connections.this.setReplaceable(this, next);
        }
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
        boolean peerIsFull = peer.open >= limits.perAddress(open) && !proxies.contains(address);
        boolean isFull = peerIsFull || open >= limits.total();
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
        var connection = new Connection(network);
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
        all.forEach(it -> it.abort.complete(null));
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
        all.add(connection);
        peers.computeIfAbsent(connection.network, _ -> new Peer()).open++;
        connection.update();
    }

    private void setReplaceable(Connection connection, boolean isReplaceable) {
        var peer = peers.get(connection.network);
        if (peer == null) return;
        if (isReplaceable) {
            replaceable.add(connection);
            peer.replaceable.add(connection);
        } else {
            replaceable.remove(connection);
            peer.replaceable.remove(connection);
        }
    }

    private void remove(Connection connection) {
        if (!connection.isCounted) return;
        connection.isCounted = false;
        setReplaceable(connection, false);
        open--;
        peers.computeIfPresent(connection.network, (_, peer) -> --peer.open == 0 ? null : peer);
    }
}
