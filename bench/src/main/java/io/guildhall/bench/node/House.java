package io.guildhall.bench.node;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.client.NoAnswer;
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

/** A running server of one or more node processes on this machine, with a database of its own. */
public final class House implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(40);

    private final Process process;
    private final Path data;
    private final int nodes;
    private final int port;
    private final int managementPort;
    private final Path log;

    House(Process process, Path data, int nodes, int port, int managementPort, Path log) {
        this.process = process;
        this.data = data;
        this.nodes = nodes;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        // Whoever interrupts a run leaves no server behind.
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

    public int size() {
        return nodes;
    }

    public Path data() {
        return data;
    }

    public Path log() {
        return log;
    }

    /** Of the process that was started; others descend from it. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    public House awaitReady() {
        for (int node = 0; node < nodes; node++) awaitReady(node, START);
        return this;
    }

    public void awaitReady(int node, Duration bound) {
        Eventually.holds("node " + (node + 1) + " is ready", bound, () -> {
            if (!process.isAlive()) throw new NoAnswer("the program ended while it started:\n" + tail());
            return isReady(node);
        });
    }

    public boolean isReady(int node) {
        return Api.knock(management(node).resolve("/ready")).equals(Optional.of(200));
    }

    /** Of the node as it runs now; the house starts a new one where one has died. */
    public long pid(int node) {
        try {
            return Long.parseLong(Files.readString(data.resolve("nodes").resolve("node-" + (node + 1) + ".pid"))
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does; false where it was dead already. */
    public boolean kill(int node) {
        return ProcessHandle.of(pid(node)).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /** The embedded database's address, as the data folder has it. */
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

    /** The last it said. */
    public String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Ends it as Ctrl-C would; the data stays. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it and removes its data. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> all = Files.walk(data)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            System.err.println("left behind: " + data + " (" + e.getMessage() + ")");
        }
    }
}
