package io.guildhall.bench.load;

import io.guildhall.bench.node.House;
import io.guildhall.bench.node.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** How long a start takes on data that is there already, from the command to the first 200 of a list read from the database. */
final class StartUp {
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final Duration GLANCE = Duration.ofMillis(5);

    private StartUp() {}

    /** @param millis until the first 200 */
    record Started(House house, long millis) {}

    static Started measure(Program program, Path data, int port, int managementPort) {
        long began = System.nanoTime();
        var house = program.start(data, 1, port, managementPort);
        while (!answers(port)) {
            if (System.nanoTime() - began > LONGEST.toNanos())
                throw new IllegalStateException("no answer within " + LONGEST.toSeconds() + " s:\n" + house.tail());
            io.guildhall.bench.client.Eventually.pause(GLANCE);
        }
        return new Started(house, (System.nanoTime() - began) / 1_000_000);
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(Responses.ascii("GET /api/jobs?limit=1 HTTP/1.1\r\nHost: 127.0.0.1:" + port
                            + "\r\nConnection: close\r\n\r\n"));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith("200");
        } catch (IOException e) {
            return false;
        }
    }
}
