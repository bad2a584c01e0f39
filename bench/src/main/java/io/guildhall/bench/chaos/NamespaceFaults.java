package io.guildhall.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.net.FaultyProxy;
import io.guildhall.bench.net.Forwarder;
import io.guildhall.bench.node.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Faults of real networks: each node runs in a network namespace of its own, connected to the others, to the database
 * and to its clients by one virtual cable. An isolated node reaches none of them. Requires root.
 */
final class NamespaceFaults implements NetworkFaults {
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DATABASE_TIMEOUT = Duration.ofMinutes(2);
    private static final String LOSS = "15%";
    /** Where the kernel cannot lose single packets: the cable is unplugged repeatedly, for this long. */
    private static final Duration UNPLUGGED = Duration.ofMillis(60);

    private static final Duration PLUGGED = Duration.ofMillis(340);

    private final String name = "gh" + ProcessHandle.current().pid();
    private final String network = "10." + ThreadLocalRandom.current().nextInt(128, 250) + "."
            + ThreadLocalRandom.current().nextInt(250);
    private final int nodes;
    private final int port;
    private final int managementPort;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Map<Integer, Thread> flapping = new ConcurrentHashMap<>();
    private final boolean canLosePackets;
    private boolean isClosed;

    /** @throws UnavailableException if this user or machine has no network namespaces */
    NamespaceFaults(Path data, int nodes, int port, int managementPort) {
        this.nodes = nodes;
        this.port = port;
        this.managementPort = managementPort;
        // An interrupted run must not leave namespaces.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        try {
            connectNamespaces();
            for (int node = 0; node < nodes; node++)
                NetworkFaults.writeSettings(
                        data,
                        node,
                        Map.of("GUILDHALL_CLUSTER_HOST", address(node), "GUILDHALL_NODE_COMMAND", inNamespace(node)));
            this.canLosePackets = canLosePackets();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message);
        }
    }

    private void connectNamespaces() {
        create("ip link add " + name + " type bridge", "ip link del " + name);
        run("ip addr add " + network + ".254/24 dev " + name);
        run("ip link set " + name + " up");
        for (int node = 0; node < nodes; node++) {
            var namespace = namespace(node);
            create("ip netns add " + namespace, "ip netns del " + namespace);
            run("ip link add " + cable(node) + " type veth peer name eth0 netns " + namespace);
            run("ip link set " + cable(node) + " master " + name + " up");
            run("ip -n " + namespace + " addr add " + address(node) + "/24 dev eth0");
            run("ip -n " + namespace + " link set eth0 up");
            run("ip -n " + namespace + " link set lo up");
        }
    }

    private synchronized void create(String command, String removal) {
        requireOpen();
        run(command);
        parts.add(() -> run(removal));
    }

    private synchronized void start(List<String> command) throws IOException {
        requireOpen();
        var process = new ProcessBuilder(command).inheritIO().start();
        parts.add(process::destroyForcibly);
    }

    private synchronized FaultyProxy proxy(InetSocketAddress from, InetSocketAddress to) {
        requireOpen();
        var proxy = new FaultyProxy(from, to);
        parts.add(proxy);
        return proxy;
    }

    private void requireOpen() {
        if (isClosed) throw new IllegalStateException("the run was stopped");
    }

    private String namespace(int node) {
        return name + "-" + (node + 1);
    }

    private String inNamespace(int node) {
        return "ip netns exec " + namespace(node);
    }

    private String cable(int node) {
        return name + "v" + (node + 1);
    }

    private String address(int node) {
        return network + "." + (node + 1);
    }

    private boolean canLosePackets() {
        try {
            run("tc qdisc add dev " + cable(0) + " root netem loss 1%");
            run("tc qdisc del dev " + cable(0) + " root");
            return true;
        } catch (UnavailableException e) {
            return false;
        }
    }

    @Override
    public String description() {
        return "network namespaces; packet loss by "
                + (canLosePackets
                        ? "netem, " + LOSS
                        : "unplugging the cable for " + UNPLUGGED.toMillis() + " of "
                                + UNPLUGGED.plus(PLUGGED).toMillis() + " ms, since this kernel has no netem");
    }

    /** A node finds the database at the loopback address of its namespace, and clients find the node at theirs. */
    @Override
    public void connect(LocalCluster cluster) {
        Await.until(
                "the database has a port",
                DATABASE_TIMEOUT,
                () -> Files.exists(cluster.data().resolve("postgres").resolve("password"))
                        && Files.exists(cluster.data().resolve("postgres").resolve("port")));
        int database = URI.create(cluster.jdbcUrl().substring("jdbc:".length())).getPort();
        var databaseProxy = proxy(new InetSocketAddress(network + ".254", 0), loopback(database));
        for (int node = 0; node < nodes; node++) {
            for (int each : new int[] {port + node, managementPort + node})
                proxy(loopback(each), new InetSocketAddress(address(node), each));
            forward(
                    node,
                    "127.0.0.1:" + database + "=" + network + ".254:" + databaseProxy.port(),
                    address(node) + ":" + (port + node) + "=127.0.0.1:" + (port + node),
                    address(node) + ":" + (managementPort + node) + "=127.0.0.1:" + (managementPort + node));
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void forward(int node, String... ports) {
        var command = new ArrayList<>(List.of(inNamespace(node).split(" ")));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Forwarder.class.getName()));
        command.addAll(List.of(ports));
        try {
            start(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void isolate(int node) {
        unplug(node);
    }

    private void unplug(int node) {
        run("ip link set " + cable(node) + " nomaster");
    }

    private void plugIn(int node) {
        run("ip link set " + cable(node) + " master " + name);
    }

    @Override
    public void losePackets(int node) {
        if (canLosePackets) {
            run("tc qdisc add dev " + cable(node) + " root netem loss " + LOSS);
            return;
        }
        flapping.put(node, Thread.startVirtualThread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                unplug(node);
                LockSupport.parkNanos(UNPLUGGED.toNanos());
                plugIn(node);
                LockSupport.parkNanos(PLUGGED.toNanos());
            }
        }));
    }

    @Override
    public void restore(int node) {
        var thread = flapping.remove(node);
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(COMMAND_TIMEOUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else if (canLosePackets) runIgnoringFailure("tc qdisc del dev " + cable(node) + " root");
        plugIn(node);
    }

    private static void runIgnoringFailure(String command) {
        try {
            run(command);
        } catch (UnavailableException e) {
            // There was nothing to undo.
        }
    }

    private static void run(String command) {
        try {
            var process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .start();
            boolean hasEnded = false;
            // A command that has been started ends, also if the thread is interrupted in the meantime.
            while (!hasEnded) {
                try {
                    hasEnded = process.waitFor(COMMAND_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                    if (!hasEnded) throw new NoResponseException(command + " did not end in time");
                } catch (InterruptedException e) {
                    process.onExit().join();
                    Thread.currentThread().interrupt();
                    hasEnded = true;
                }
            }
            if (process.exitValue() != 0)
                throw new UnavailableException(
                        command + ": " + new String(process.getInputStream().readAllBytes(), UTF_8).strip());
        } catch (IOException e) {
            throw new UnavailableException(command + ": " + e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        flapping.values().forEach(Thread::interrupt);
        for (var part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("could not be undone: " + e.getMessage());
            }
        }
        parts.clear();
    }
}
