package io.guildhall.bench.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How the server is started.
 *
 * @param command what comes before {@code up} and its options
 */
public record Program(List<String> command) {
    public Program {
        command = List.copyOf(command);
    }

    /** A folder of its own that goes when the house is closed, and ports that are free. */
    public House start(int nodes) {
        return start(freshFolder(), nodes, freePorts(nodes), freePorts(nodes));
    }

    /** Returns at once; the house says when it serves. */
    public House start(Path data, int nodes, int port, int managementPort) {
        try {
            Files.createDirectories(data);
            var log = data.resolve("house.log");
            var line = new ArrayList<>(command);
            line.addAll(List.of(
                    "up",
                    "--nodes",
                    Integer.toString(nodes),
                    "--port",
                    Integer.toString(port),
                    "--management-port",
                    Integer.toString(managementPort),
                    "--data",
                    data.toString()));
            var builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // What the caller's shell says of a node is not about this one.
            builder.environment().keySet().removeAll(List.of("GUILDHALL_NODES", "DATABASE_URL", "GUILDHALL_SEEDS"));
            builder.environment().putAll(Map.of("GUILDHALL_ATTEMPTS_BY_ADDRESS_PER_MINUTE", "100000"));
            return new House(builder.start(), data, nodes, port, managementPort, log);
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be started: " + command, e);
        }
    }

    public static Path freshFolder() {
        try {
            return Files.createTempDirectory("guildhall-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of so many free ports in a row, below those that the system gives to connections: a node that was killed finds its own again. */
    public static int freePorts(int count) {
        for (int attempt = 0; attempt < 100; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            var held = new ArrayList<ServerSocket>();
            try {
                for (int i = 0; i < count; i++)
                    held.add(new ServerSocket(first + i, 1, InetAddress.getLoopbackAddress()));
                return first;
            } catch (IOException e) {
                // One of them is taken: elsewhere.
            } finally {
                held.forEach(Program::close);
            }
        }
        throw new IllegalStateException("there are no " + count + " free ports in a row");
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
