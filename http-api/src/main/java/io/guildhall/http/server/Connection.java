package io.guildhall.http.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One connection of {@link Connections}, which are also its lock. It serves a request from the request's header until the
 * network has accepted the whole response, and waits for a request at other times. Thread-safe.
 */
final class Connection {
    private final Connections connections;
    private final InetAddress network;
    private final CompletableFuture<Void> close = new CompletableFuture<>();
    private final CompletableFuture<Void> abort = new CompletableFuture<>();
    private boolean isClosing;
    private boolean isWaiting;
    private boolean isHeaderBegun;
    private boolean isUpgraded;
    private boolean isIdentified;
    private boolean isBodyPending;
    private boolean isBlocked;
    private boolean isResponsePending;
    private int requests;
    private long requestsArrived;
    private long waitingSince;
    private Duration timeout;

    Connection(Connections connections, InetAddress network) {
        this.connections = connections;
        this.network = network;
        this.timeout = connections.limits().headerTimeout();
    }

    /** The network of the client. */
    InetAddress network() {
        return network;
    }

    /** Completes when the connection must be closed, at a moment at which it serves no request. */
    CompletionStage<Void> close() {
        return close;
    }

    /** Completes when the connection must be closed immediately. */
    CompletionStage<Void> abort() {
        return abort;
    }

    /** Whether it is closed as soon as it serves no request. */
    boolean isClosing() {
        synchronized (connections) {
            return isClosing;
        }
    }

    /** Closes it as soon as it serves no request. Guarded by its lock. */
    void requestClose() {
        isClosing = true;
        if (isWaiting || isUpgraded) close.complete(null);
    }

    void requestAbort() {
        abort.complete(null);
    }

    void requestArrived() {
        synchronized (connections) {
            requests++;
            requestsArrived++;
            update();
        }
    }

    /** How many requests have arrived so far. */
    long requestsArrived() {
        synchronized (connections) {
            return requestsArrived;
        }
    }

    /** The header of a request begins to arrive. */
    void headerBegins() {
        synchronized (connections) {
            if (!isWaiting || isHeaderBegun) return;
            isHeaderBegun = true;
            var headerDeadline = connections.limits().headerTimeout().plusNanos(System.nanoTime() - waitingSince);
            if (headerDeadline.compareTo(timeout) < 0) timeout = headerDeadline;
        }
    }

    boolean isWaiting() {
        synchronized (connections) {
            return isWaiting;
        }
    }

    /** The response is complete; its bytes follow in {@link #blocked}. */
    void responseFollows() {
        synchronized (connections) {
            requests--;
            isResponsePending = true;
        }
    }

    /** The content of a response that was sent while it was read has ended. */
    void streamEnded() {
        synchronized (connections) {
            requests--;
            update();
        }
    }

    /** The connection is no longer one of HTTP requests: its protocol was switched. */
    void upgraded() {
        synchronized (connections) {
            isUpgraded = true;
            update();
        }
    }

    /** Its client has authenticated, after the protocol was switched. Until then, a new connection can replace it. */
    void identified() {
        synchronized (connections) {
            isIdentified = true;
            update();
        }
    }

    /** The body of a request follows. If the response is sent before its end, the connection is closed. */
    void bodyBegins() {
        synchronized (connections) {
            isBodyPending = true;
        }
    }

    void bodyEnded() {
        synchronized (connections) {
            isBodyPending = false;
            update();
        }
    }

    /** Bytes wait for the network. */
    void blocked() {
        synchronized (connections) {
            isBlocked = true;
            isResponsePending = false;
            update();
        }
    }

    /** The network has accepted all bytes. Returns whether the connection must be closed now. */
    boolean unblocked() {
        synchronized (connections) {
            isBlocked = false;
            update();
            return isClosing && isWaiting;
        }
    }

    void closed() {
        connections.closed(this);
    }

    /** Whether it serves no request: it waits for one, or its protocol has no requests. */
    boolean isIdle() {
        synchronized (connections) {
            return isWaiting || isUpgraded;
        }
    }

    /** Returns how long it can still wait for the next request; empty while it serves one. */
    Optional<Duration> timeLeft() {
        synchronized (connections) {
            return isWaiting ? Optional.of(timeout.minusNanos(System.nanoTime() - waitingSince)) : Optional.empty();
        }
    }

    /** Its state has changed. Guarded by its lock. */
    void update() {
        boolean next = requests == 0 && !isBlocked && !isResponsePending && !isUpgraded && !isBodyPending;
        if (next != isWaiting) {
            isHeaderBegun = false;
            if (next) waitingSince = System.nanoTime();
            else timeout = connections.limits().keepAliveTimeout();
            isWaiting = next;
        }
        connections.setReplaceable(this, isWaiting || (isUpgraded && !isIdentified));
        if (isWaiting && isClosing) close.complete(null);
    }
}
