package io.guildhall.bench.load;

import io.guildhall.bench.client.Await;
import io.guildhall.bench.node.Launcher;
import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Measures the start of a node on existing data: from the command until a list from the database is served with status
 * 200.
 */
final class StartUp {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    private StartUp() {}

    /** @param millis from the command to the first response with status 200 */
    record Result(LocalCluster cluster, long millis) {}

    static Result measure(Launcher launcher, Path data, int port, int managementPort) {
        long started = System.nanoTime();
        var cluster = launcher.start(data, 1, port, managementPort);
        while (!isServing(port)) {
            if (System.nanoTime() - started > TIMEOUT.toNanos())
                throw new IllegalStateException(
                        "no response within " + TIMEOUT.toSeconds() + " s:\n" + cluster.logTail());
            Await.sleep(POLL_INTERVAL);
        }
        return new Result(cluster, (System.nanoTime() - started) / 1_000_000);
    }

    private static boolean isServing(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(ResponseReader.ascii("GET /api/jobs?limit=1 HTTP/1.1\r\nHost: 127.0.0.1:" + port
                            + "\r\nConnection: close\r\n\r\n"));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith("200");
        } catch (IOException e) {
            return false;
        }
    }
}
