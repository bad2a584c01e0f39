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
 * Sends requests over several keep-alive connections, one request at a time on each. Uses one thread, so that the load
 * generator takes little CPU time from the server on the same machine.
 */
final class CommandLoad {
    private static final int BUFFER_BYTES = 32_768;

    private final URI server;
    private final IntFunction<byte[]> requests;
    private final Measurement.Window window;
    private final org.HdrHistogram.Histogram nanos = Measurement.histogram();
    private int sent;
    private long failed;

    /** @param requests returns the bytes of the request with a number, from 0, including its headers */
    private CommandLoad(URI server, IntFunction<byte[]> requests, Measurement.Window window) {
        this.server = server;
        this.requests = requests;
        this.window = window;
    }

    /**
     * @param warmUp seconds before the measured time
     * @param seconds the measured time
     * @param requests returns the bytes of the request with a number, from 0, including its headers
     */
    static Measurement measure(URI server, int clients, double warmUp, double seconds, IntFunction<byte[]> requests)
            throws IOException {
        long start = System.nanoTime() + (long) (warmUp * 1e9);
        var commands = new CommandLoad(server, requests, new Measurement.Window(start, start + (long) (seconds * 1e9)));
        commands.run(clients);
        return new Measurement(commands.nanos.getTotalCount(), commands.failed, seconds, commands.nanos);
    }

    private final class Client {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        private final ResponseReader responses = new ResponseReader();
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long sentAt;

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        void send() throws IOException {
            out = ByteBuffer.wrap(requests.apply(sent++));
            sentAt = System.nanoTime();
            channel.write(out);
        }

        /** Returns whether bytes remain to be written. */
        boolean flush() throws IOException {
            if (out.hasRemaining()) channel.write(out);
            return out.hasRemaining();
        }

        void receive() throws IOException {
            in.clear();
            if (channel.read(in) < 0) throw new IOException("the server closed the connection");
            in.flip();
            int status = responses.read(in);
            if (status == 0) return;
            long now = System.nanoTime();
            if (window.contains(sentAt, now)) {
                if (status / 100 == 2) nanos.recordValue(now - sentAt);
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
