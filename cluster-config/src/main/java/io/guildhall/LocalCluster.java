package io.guildhall;

import io.guildhall.embedded.EmbeddedPostgres;
import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several nodes on this machine: a process each, against one database, on ports counted up from the first. One that dies is started again;
 * its process id stands in {@code nodes/node-N.pid} under the data folder.
 */
final class LocalCluster {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(25);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final Settings settings;
    private final List<Integer> clusterPorts;
    private final Process[] processes;
    private volatile boolean stopping;

    LocalCluster(Settings settings, int count) {
        this.settings = settings;
        this.processes = new Process[count];
        this.clusterPorts = freePorts(count);
    }

    /** Returns when all have ended. */
    void run() {
        var embedded = settings.databaseUrl().isPresent()
                ? Optional.<EmbeddedPostgres>empty()
                : Optional.of(Node.embedded(settings));
        var url = settings.databaseUrl().orElseGet(() -> embedded.orElseThrow().url());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop();
                            embedded.ifPresent(EmbeddedPostgres::close);
                        },
                        "stop"));
        try {
            Database.open(Database.checked(url), 5).close();
            for (int i = 0; i < processes.length; i++) launch(i, url);
            for (int i = 0; i < processes.length; i++) awaitReady(i);
        } catch (StartupException e) {
            stop();
            embedded.ifPresent(EmbeddedPostgres::close);
            throw e;
        }
        StartupMessage.print(
                settings,
                processes.length + " nodes, all roles each, HTTP on ports "
                        + ports(settings.http().port()),
                Node.age().toMillis());
        watch(url);
    }

    private void launch(int node, String url) {
        var builder = new ProcessBuilder(command()).inheritIO();
        var environment = builder.environment();
        environment.put("DATABASE_URL", url);
        environment.put("GUILDHALL_NODES", "1");
        environment.put("GUILDHALL_NODE", Integer.toString(node + 1));
        environment.put("GUILDHALL_PORT", Integer.toString(settings.http().port() + node));
        environment.put("GUILDHALL_MANAGEMENT_PORT", Integer.toString(settings.managementPort() + node));
        environment.put("GUILDHALL_CLUSTER_PORT", Integer.toString(clusterPorts.get(node)));
        environment.put("GUILDHALL_SEEDS", seeds(node));
        environment.put("GUILDHALL_DATA", settings.data().toString());
        try {
            processes[node] = builder.start();
            writePid(settings.data().resolve("nodes").resolve("node-" + (node + 1) + ".pid"), processes[node].pid());
        } catch (IOException e) {
            throw new StartupException("Node " + (node + 1) + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** At once, so that nobody reads half of it. */
    private static void writePid(Path file, long pid) throws IOException {
        Files.createDirectories(file.getParent());
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, Long.toString(pid));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Only who stands first in its own list founds a cluster where it hears of none. One that is started while others run must never: under
     * load it may not hear of theirs in time, and would be a second cluster on the same database.
     */
    private String seeds(int node) {
        var others = IntStream.range(0, processes.length).filter(i -> i != node).boxed();
        boolean alone = Arrays.stream(processes).noneMatch(it -> it != null && it.isAlive());
        var order = alone ? Stream.concat(Stream.of(node), others) : Stream.concat(others, Stream.of(node));
        return order.map(i -> "127.0.0.1:" + clusterPorts.get(i)).collect(Collectors.joining(","));
    }

    /** The same program with the same flags. */
    private static List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "up"));
        return command;
    }

    private void awaitReady(int node) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + (settings.managementPort() + node) + "/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        var until = Instant.now().plus(START_PATIENCE);
        try (var http = HttpClient.newHttpClient()) {
            while (Instant.now().isBefore(until)) {
                if (!processes[node].isAlive())
                    throw new StartupException("Node " + (node + 1) + " ended while it started; it said why above.");
                try {
                    if (http.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) return;
                } catch (IOException e) {
                    // Not yet.
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StartupException(
                "Node " + (node + 1) + " was not ready within " + START_PATIENCE.toSeconds() + " s.");
    }

    private void watch(String url) {
        try {
            while (!stopping) {
                TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE.toMillis());
                for (int i = 0; i < processes.length; i++) {
                    if (stopping || processes[i].isAlive()) continue;
                    System.err.println("Node " + (i + 1) + " ended with code " + processes[i].exitValue()
                            + "; starting it again.");
                    launch(i, url);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        stopping = true;
        for (var process : processes) if (process != null) process.destroy();
        for (var process : processes) {
            if (process == null) continue;
            try {
                if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }
    }

    private String ports(int first) {
        return first + " to " + (first + processes.length - 1);
    }

    private static List<Integer> freePorts(int count) {
        var held = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new StartupException("There are no free ports for " + count + " nodes: " + e.getMessage(), e);
        } finally {
            for (var socket : held) closeQuietly(socket);
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new StartupException("A port cannot be let go: " + e.getMessage(), e);
        }
    }
}
