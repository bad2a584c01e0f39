package io.guildhall.bench.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Forwards connections to a server, as a network does that has faults. The condition of the network can depend on where
 * a connection comes from, and can change at any time.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
    private static final double LOSS = 0.1;
    /** What a lost packet costs a connection: the time until TCP sends it again. */
    private static final int MIN_RETRANSMISSION_MILLIS = 200;

    private static final int MAX_RETRANSMISSION_MILLIS = 600;

    public enum Condition {
        GOOD,
        /** Packets are lost: data arrives late. */
        LOSSY,
        /**
         * Nothing is forwarded and nothing is closed. Existing connections stay silent for ever, also afterwards, and
         * new connections get no response.
         */
        CUT
    }

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Function<InetAddress, Condition> condition = _ -> Condition.GOOD;

    /** Listens on any free port of the loopback address. */
    public static FaultyProxy ofLocalPort(int target) {
        var loopback = InetAddress.getLoopbackAddress();
        return new FaultyProxy(new InetSocketAddress(loopback, 0), new InetSocketAddress(loopback, target));
    }

    public FaultyProxy(InetSocketAddress address, InetSocketAddress target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(address.getPort(), 100, address.getAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
        Thread.startVirtualThread(this::accept);
    }

    private final class Link {
        private final Socket client;
        private final Socket server = new Socket();
        private volatile boolean isSilent;

        Link(Socket client) {
            this.client = client;
        }

        void start() {
            if (isCut()) return;
            try {
                server.connect(target, CONNECT_TIMEOUT_MILLIS);
                Thread.startVirtualThread(() -> pump(client, server));
                Thread.startVirtualThread(() -> pump(server, client));
            } catch (IOException e) {
                close();
            }
        }

        private Condition condition() {
            return condition.apply(client.getInetAddress());
        }

        /** A stream that has lost a part can never be used again. */
        private boolean isCut() {
            if (condition() == Condition.CUT) isSilent = true;
            return isSilent;
        }

        private void pump(Socket from, Socket to) {
            var buffer = new byte[8_192];
            try {
                InputStream input = from.getInputStream();
                OutputStream output = to.getOutputStream();
                for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                    if (condition() == Condition.LOSSY) retransmit();
                    if (!isCut()) output.write(buffer, 0, length);
                }
            } catch (IOException e) {
                // Closed, also below.
            }
            if (!isSilent) close();
        }

        private static void retransmit() {
            var random = ThreadLocalRandom.current();
            if (random.nextDouble() < LOSS)
                LockSupport.parkNanos(
                        1_000_000L * random.nextInt(MIN_RETRANSMISSION_MILLIS, MAX_RETRANSMISSION_MILLIS));
        }

        void close() {
            links.remove(this);
            for (var socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                var link = new Link(listener.accept());
                links.add(link);
                Thread.startVirtualThread(link::start);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** @param condition of the network for connections from an address */
    public void setCondition(Function<InetAddress, Condition> condition) {
        this.condition = condition;
        links.forEach(Link::isCut);
    }

    /** Closes the connections that were silenced, as a host does that has been silent for too long. */
    public void closeSilenced() {
        for (var link : links) if (link.isSilent) link.close();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::close);
    }
}
