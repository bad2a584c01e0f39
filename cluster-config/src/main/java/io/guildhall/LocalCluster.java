package io.guildhall;

import io.guildhall.background.BackgroundLoops;
import io.guildhall.embedded.EmbeddedPostgres;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Database;
import io.guildhall.node.Node;
import io.guildhall.node.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several nodes on this machine, each in its own process, with one database and consecutive ports. A node that dies is
 * restarted. The process id of node N is in {@code nodes/node-N.pid} under the data folder.
 */
final class LocalCluster {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);
    private static final Duration CHECK_PAUSE = Duration.ofSeconds(1);
    private static final Duration READY_REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READY_PAUSE = Duration.ofMillis(100);
    private static final String LOOPBACK = "127.0.0.1";

    private final Settings settings;
    private final List<Integer> clusterPorts;
    private final List<NodeSettings> nodeSettings;
    /** This process has no management port: the metrics are not read. */
    private final BackgroundLoops loops = new BackgroundLoops(new SimpleMeterRegistry(), InstantSource.system());

    private final Process[] processes;
    private final SeedOrder seedOrder;
    private boolean stopping;

    LocalCluster(Settings settings, int count) {
        this.settings = settings;
        this.processes = new Process[count];
        this.seedOrder = new SeedOrder(count);
        this.clusterPorts = freePorts(count);
        this.nodeSettings = IntStream.rangeClosed(1, count)
                .mapToObj(it -> NodeSettings.read(settings.dataFolder(), it))
                .toList();
    }

    /** Starts the nodes and restarts those that die. Returns when the program is stopped. */
    void run() {
        var embedded = settings.databaseUrl().isPresent()
                ? Optional.<EmbeddedPostgres>empty()
                : Optional.of(Node.startEmbeddedDatabase(settings, loops));
        var url = settings.databaseUrl().orElseGet(() -> embedded.orElseThrow().url());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop();
                            embedded.ifPresent(EmbeddedPostgres::close);
                            StartupMessage.printStopped();
                        },
                        "stop"));
        try {
            if (embedded.isPresent())
                Database.openExclusive(url, settings.connectionPools()).close();
            else Database.prepare(url, settings.connectionPools());
            for (int i = 0; i < processes.length; i++) launch(i, url);
            for (int i = 0; i < processes.length; i++) awaitReady(i);
        } catch (StartupException e) {
            stop();
            embedded.ifPresent(EmbeddedPostgres::close);
            throw e;
        }
        StartupMessage.print(
                settings,
                processes.length + " nodes with all roles, HTTP on ports "
                        + ports(settings.http().port()),
                Node.age().toMillis());
        watch(url);
    }

    private void launch(int node, String url) {
        var own = nodeSettings.get(node);
        var builder = new ProcessBuilder(own.command(command())).redirectInput(ProcessBuilder.Redirect.INHERIT);
        var environment = builder.environment();
        environment.put("DATABASE_URL", url);
        environment.put("GUILDHALL_NODES", "1");
        environment.put("GUILDHALL_NODE", Integer.toString(node + 1));
        environment.put("GUILDHALL_PORT", Integer.toString(settings.http().port() + node));
        environment.put(
                "GUILDHALL_MANAGEMENT_PORT",
                Integer.toString(settings.management().port() + node));
        settings.management()
                .probes()
                .ifPresent(it -> environment.put("GUILDHALL_PROBES_PORT", Integer.toString(it.port() + node)));
        environment.put("GUILDHALL_CLUSTER_HOST", clusterHost(node));
        environment.put("GUILDHALL_CLUSTER_PORT", clusterPort(node));
        environment.put("GUILDHALL_SEEDS", seeds(node));
        environment.put("GUILDHALL_DATA", settings.dataFolder().toString());
        environment.putAll(own.variables());
        try {
            processes[node] = builder.start();
            NodeOutput.print("node-" + (node + 1), processes[node]);
            writePid(
                    settings.dataFolder().resolve("nodes").resolve("node-" + (node + 1) + ".pid"),
                    processes[node].pid());
        } catch (IOException e) {
            throw new StartupException("Node " + (node + 1) + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Writes the file atomically, so that no reader sees a part of it. */
    private static void writePid(Path file, long pid) throws IOException {
        Files.createDirectories(file.getParent());
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(temporary, Long.toString(pid));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String seeds(int node) {
        return seedOrder.start(node, it -> processes[it] != null && processes[it].isAlive()).stream()
                .map(i -> clusterHost(i) + ":" + clusterPort(i))
                .collect(Collectors.joining(","));
    }

    private String clusterHost(int node) {
        return nodeSettings.get(node).find("GUILDHALL_CLUSTER_HOST").orElse(LOOPBACK);
    }

    private String clusterPort(int node) {
        return nodeSettings
                .get(node)
                .find("GUILDHALL_CLUSTER_PORT")
                .orElseGet(() -> Integer.toString(clusterPorts.get(node)));
    }

    /** The command of this process, with the same JVM options. */
    private static List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "up"));
        return command;
    }

    private void awaitReady(int node) {
        var until = Instant.now().plus(START_TIMEOUT);
        try {
            while (Instant.now().isBefore(until)) {
                if (!processes[node].isAlive())
                    throw new StartupException(
                            "Node " + (node + 1) + " ended while it was starting. See its output above.");
                if (isReady(node)) {
                    seedOrder.setReady(node);
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(READY_PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StartupException("Node " + (node + 1) + " was not ready within " + START_TIMEOUT.toSeconds() + " s.");
    }

    private boolean isReady(int node) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(settings.management().localUrl(node) + "/ready"))
                .timeout(READY_REQUEST_TIMEOUT)
                .build();
        try (var http =
                HttpClient.newBuilder().connectTimeout(READY_REQUEST_TIMEOUT).build()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            // It does not listen yet.
            return false;
        }
    }

    private void watch(String url) {
        var watches = IntStream.range(0, processes.length)
                .mapToObj(node -> loops.start("node-" + (node + 1), () -> watch(node, url)))
                .toList();
        try {
            for (var watch : watches) watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration watch(int node, String url) {
        if (!restartIfExited(node, url)) return CHECK_PAUSE;
        awaitReady(node);
        System.err.println("Node " + (node + 1) + " serves again.");
        return CHECK_PAUSE;
    }

    /** Returns whether it was restarted. */
    private synchronized boolean restartIfExited(int node, String url) {
        if (stopping || processes[node].isAlive()) return false;
        System.err.println(
                "Node " + (node + 1) + " ended with code " + processes[node].exitValue() + "; restarting it.");
        launch(node, url);
        return true;
    }

    private void stop() {
        synchronized (this) {
            stopping = true;
        }
        for (var process : processes) if (process != null) process.destroy();
        for (var process : processes) {
            if (process == null) continue;
            try {
                if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }
    }

    private String ports(int first) {
        return first + " to " + (first + processes.length - 1);
    }

    private static List<Integer> freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new StartupException("No free ports for " + count + " nodes: " + e.getMessage(), e);
        } finally {
            for (var socket : sockets) closeQuietly(socket);
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new StartupException("A port could not be released: " + e.getMessage(), e);
        }
    }
}
