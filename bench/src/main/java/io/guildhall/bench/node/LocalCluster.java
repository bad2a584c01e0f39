package io.guildhall.bench.node;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.ManagementClient;
import io.guildhall.bench.client.NoResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One or more running nodes on this machine, with their own embedded database. Methods number the nodes from 0. */
public final class LocalCluster implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

    private final Process process;
    private final Path data;
    private final int nodes;
    private final int port;
    private final int managementPort;
    private final Path log;

    LocalCluster(Process process, Path data, int nodes, int port, int managementPort, Path log) {
        this.process = process;
        this.data = data;
        this.nodes = nodes;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        // An interrupted run must not leave nodes running.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    public List<URI> urls() {
        return IntStream.range(0, nodes)
                .mapToObj(i -> URI.create("http://127.0.0.1:" + (port + i)))
                .toList();
    }

    public URI management(int node) {
        return URI.create("http://127.0.0.1:" + (managementPort + node));
    }

    /** The management address with the operator token of the data folder. */
    public ManagementClient operator(int node) {
        return ManagementClient.of(management(node), data);
    }

    public int size() {
        return nodes;
    }

    public Path data() {
        return data;
    }

    public Path log() {
        return log;
    }

    /** The process that was started. Further nodes and the database are its descendants. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    public LocalCluster awaitReady() {
        for (int node = 0; node < nodes; node++) awaitReady(node, START_TIMEOUT);
        return this;
    }

    public void awaitReady(int node, Duration timeout) {
        Await.until("node " + (node + 1) + " is ready", timeout, () -> {
            if (!process.isAlive()) throw new NoResponseException("the program exited during start-up:\n" + logTail());
            return isReady(node);
        });
    }

    public boolean isReady(int node) {
        return ApiClient.probe(management(node).resolve("/ready")).equals(Optional.of(200));
    }

    /** The process id of a running node. The program restarts a node that was killed, so the id can change. */
    public long pid(int node) {
        try {
            return Long.parseLong(Files.readString(data.resolve("nodes").resolve("node-" + (node + 1) + ".pid"))
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills a node like {@code kill -9}. Returns false if it was not running. */
    public boolean kill(int node) {
        return ProcessHandle.of(pid(node)).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /** Stops a node with SIGTERM. Returns immediately, with false if it was not running. */
    public boolean terminate(int node) {
        return ProcessHandle.of(pid(node)).map(ProcessHandle::destroy).orElse(false);
    }

    public static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** The address of the embedded database, read from the data folder. */
    public String jdbcUrl() {
        var folder = data.resolve("postgres");
        return "jdbc:postgresql://127.0.0.1:" + read(folder.resolve("port")) + "/guildhall?user=guildhall&password="
                + read(folder.resolve("password"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of the log. */
    public String logTail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Stops all nodes like Ctrl-C and keeps the data. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops all nodes and deletes their data. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> all = Files.walk(data)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            System.err.println("could not delete " + data + " (" + e.getMessage() + ")");
        }
    }
}
