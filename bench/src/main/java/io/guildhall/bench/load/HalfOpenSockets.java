package io.guildhall.bench.load;

import io.guildhall.bench.node.Launcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;

/**
 * The command {@code bench sockets}: opens many connections from several addresses, sends half a header on each, and
 * measures at the same time how long another client waits. Fails if a request of that client is not answered with 200.
 */
public final class HalfOpenSockets {
    private static final byte[] HALF_HEADER =
            "GET /api/jobs HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII);
    private static final int ADDRESSES = 40;
    private static final int REQUESTS = 20;
    private static final int TIMEOUT_MILLIS = 20_000;

    private HalfOpenSockets() {}

    /** @return the exit code: 0 if every request of the other client was answered */
    public static int run(int sockets, Launcher launcher) {
        var cluster = launcher.start(1).awaitReady();
        try {
            var slowest = flood(cluster.urls().getFirst(), sockets);
            System.out.printf(
                    Locale.ROOT,
                    "%,d connections with half a header from %d addresses; the slowest of %d requests of another client"
                            + " took %d ms%n",
                    sockets,
                    ADDRESSES,
                    REQUESTS,
                    slowest.toMillis());
            return 0;
        } catch (IOException | IllegalStateException e) {
            System.err.println("A request of another client failed: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            cluster.close();
        }
    }

    private static Duration flood(URI server, int count) throws IOException, InterruptedException {
        var slowest = Duration.ZERO;
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 1; i <= count; i++) {
                sockets.add(open(server, "127.0." + (1 + i % ADDRESSES) + ".2"));
                if (i % (count / REQUESTS) == 0) {
                    var time = request(server);
                    if (time.compareTo(slowest) > 0) slowest = time;
                }
            }
            return slowest;
        } finally {
            for (var socket : sockets) socket.close();
        }
    }

    /** Linux has all of 127.0.0.0/8 as local addresses. */
    private static Socket open(URI server, String from) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MILLIS);
        socket.getOutputStream().write(HALF_HEADER);
        return socket;
    }

    private static Duration request(URI server) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.resolve("/api/jobs"))
                    .timeout(Duration.ofMillis(TIMEOUT_MILLIS))
                    .build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) throw new IllegalStateException("status " + status);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
