package io.guildhall.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards connections to a server on this machine. While the server has vanished, nothing is forwarded and nothing is
 * closed: what was connected stays silent for ever, also afterwards, and new connections get no response.
 */
final class SilentProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean hasVanished;
    private volatile Optional<String> lastStatement = Optional.empty();

    SilentProxy(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    private final class Link {
        private final Socket client;
        private final Socket server = new Socket();
        private volatile boolean isSilent = hasVanished;

        Link(Socket client) {
            this.client = client;
        }

        void start() {
            if (isSilent) return;
            try {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 1_000);
                Thread.startVirtualThread(() -> pump(client, server));
                Thread.startVirtualThread(() -> pump(server, client));
            } catch (IOException e) {
                close();
            }
        }

        private void pump(Socket from, Socket to) {
            var buffer = new byte[8_192];
            try {
                InputStream input = from.getInputStream();
                OutputStream output = to.getOutputStream();
                for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                    var text = new String(buffer, 0, length, ISO_8859_1);
                    if (lastStatement.filter(text::contains).isPresent()) vanish();
                    if (!isSilent) output.write(buffer, 0, length);
                }
            } catch (IOException e) {
                // Closed, also below.
            }
            if (!isSilent) close();
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
                link.start();
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    /** The JDBC URL of a database, through this proxy. */
    String url(URI database) {
        return "jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + database.getPath() + "?"
                + database.getQuery();
    }

    void vanish() {
        hasVanished = true;
        links.forEach(it -> it.isSilent = true);
    }

    boolean hasVanished() {
        return hasVanished;
    }

    /** Vanishes when a statement with this text is sent, which does not arrive. */
    void vanishAt(String statement) {
        lastStatement = Optional.of(statement);
    }

    void restore() {
        lastStatement = Optional.empty();
        hasVanished = false;
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
