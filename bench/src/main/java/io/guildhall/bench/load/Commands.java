package io.guildhall.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.IntFunction;

/**
 * Posts over so many keep-alive connections, each with one request under way, from one thread: a load generator that costs the server's machine
 * little.
 */
final class Commands {
    private static final int BUFFER = 32_768;

    private final URI server;
    private final IntFunction<byte[]> requests;
    private final Figures.Window window;
    private final org.HdrHistogram.Histogram nanos = Figures.histogram();
    private int sent;
    private long failed;

    /** @param requests the so-manieth request, complete with its headers */
    private Commands(URI server, IntFunction<byte[]> requests, Figures.Window window) {
        this.server = server;
        this.requests = requests;
        this.window = window;
    }

    static Figures measure(URI server, int clients, double warmUp, double seconds, IntFunction<byte[]> requests)
            throws IOException {
        long start = System.nanoTime() + (long) (warmUp * 1e9);
        var commands = new Commands(server, requests, new Figures.Window(start, start + (long) (seconds * 1e9)));
        commands.run(clients);
        return new Figures(commands.nanos.getTotalCount(), commands.failed, seconds, commands.nanos);
    }

    private final class Client {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
        private final Responses responses = new Responses();
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long began;

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        void send() throws IOException {
            out = ByteBuffer.wrap(requests.apply(sent++));
            began = System.nanoTime();
            channel.write(out);
        }

        /** Whether there is more to write. */
        boolean flush() throws IOException {
            if (out.hasRemaining()) channel.write(out);
            return out.hasRemaining();
        }

        void receive() throws IOException {
            in.clear();
            if (channel.read(in) < 0) throw new IOException("the server closed a connection");
            in.flip();
            int status = responses.read(in);
            if (status == 0) return;
            long now = System.nanoTime();
            if (window.holds(began, now)) {
                if (status / 100 == 2) nanos.recordValue(now - began);
                else failed++;
            }
            send();
        }
    }

    private void run(int clients) throws IOException {
        try (var selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                var channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                var client = new Client(channel);
                channel.register(selector, SelectionKey.OP_READ, client);
                client.send();
            }
            while (System.nanoTime() < window.end()) {
                selector.select(50);
                for (var key : selector.selectedKeys()) serve(key);
                selector.selectedKeys().clear();
            }
            for (var key : selector.keys()) key.channel().close();
        }
    }

    private static void serve(SelectionKey key) throws IOException {
        var client = (Client) key.attachment();
        if (key.isReadable()) client.receive();
        key.interestOps(client.flush() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
}
