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
 * Starts nodes on this machine.
 *
 * @param command the command line before {@code up} and its options
 */
public record Launcher(List<String> command) {
    // Below the range that Linux gives to outgoing connections: a restarted node finds its ports free.
    private static final int MIN_PORT = 20_000;
    private static final int MAX_PORT = 32_000;

    public Launcher {
        command = List.copyOf(command);
    }

    /** Starts nodes with a new data folder, which closing the cluster deletes, on free ports. */
    public LocalCluster start(int nodes) {
        return start(newDataFolder(), nodes, freePorts(nodes), freePorts(nodes));
    }

    /** Returns immediately; {@link LocalCluster#awaitReady()} waits until the nodes serve requests. */
    public LocalCluster start(Path data, int nodes, int port, int managementPort) {
        return start(data, nodes, port, managementPort, Map.of());
    }

    /** @param environment further variables of the nodes */
    public LocalCluster start(Path data, int nodes, int port, int managementPort, Map<String, String> environment) {
        try {
            Files.createDirectories(data);
            var log = data.resolve("nodes.log");
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
            // The caller's environment may configure another cluster.
            builder.environment()
                    .keySet()
                    .removeAll(
                            List.of("GUILDHALL_NODES", "DATABASE_URL", "GUILDHALL_SEEDS", "GUILDHALL_OPERATOR_TOKEN"));
            // Few accounts make many requests from one address.
            builder.environment()
                    .putAll(Map.of(
                            "GUILDHALL_ATTEMPTS_BY_ADDRESS_PER_MINUTE",
                            "100000",
                            "GUILDHALL_REGISTRATIONS_PER_HOUR",
                            "1000000",
                            "GUILDHALL_ACCOUNT_LIMITS_FACTOR",
                            "1000"));
            builder.environment().putAll(environment);
            return new LocalCluster(builder.start(), data, nodes, port, managementPort, log);
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be started: " + command, e);
        }
    }

    public static Path newDataFolder() {
        try {
            return Files.createTempDirectory("guildhall-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of {@code count} consecutive free ports. */
    public static int freePorts(int count) {
        for (int attempt = 0; attempt < 100; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
            var bound = new ArrayList<ServerSocket>();
            try {
                for (int i = 0; i < count; i++)
                    bound.add(new ServerSocket(first + i, 1, InetAddress.getLoopbackAddress()));
                return first;
            } catch (IOException e) {
                // One of the ports is in use: try another range.
            } finally {
                bound.forEach(Launcher::close);
            }
        }
        throw new IllegalStateException("found no " + count + " consecutive free ports");
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
