package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.embedded.EmbeddedPostgres;
import io.guildhall.embedded.PostgresBinaries;
import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A node in this process, with an embedded database if the settings name no other. */
public final class Node implements AutoCloseable {
    private final Monitoring monitoring = Monitoring.create();
    private volatile Optional<NodeAssembly> assembly = Optional.empty();
    private Optional<EmbeddedPostgres> postgres = Optional.empty();
    private boolean closed;

    private Node() {}

    /**
     * Starts a node and returns when it serves. It stops with the process, also with one that ends while the node
     * starts.
     *
     * @param whenStopped runs when the process ends and the node has stopped
     * @throws StartupException naming the remedy
     */
    public static Node start(Settings settings, Config config, Runnable whenStopped) {
        requireFreePorts(settings);
        var node = new Node();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> node.stop(whenStopped), "stop"));
        var database = CompletableFuture.supplyAsync(
                () -> settings.databaseUrl()
                        .map(url -> Database.open(url, settings.connectionPools()))
                        .orElseGet(
                                () -> Database.openExclusive(node.startDatabase(settings), settings.connectionPools())),
                Thread::startVirtualThread);
        try {
            node.assembly = Optional.of(NodeAssembly.open(settings, config, node.monitoring, database));
            return node;
        } catch (RuntimeException e) {
            boolean isStopping = node.isClosed();
            node.close();
            throw isStopping ? new StartupException("The node was stopped while it started.", e) : e;
        }
    }

    private synchronized String startDatabase(Settings settings) {
        if (closed) throw new StartupException("The node was stopped while it started.");
        var started = startEmbeddedDatabase(settings, monitoring.loops());
        postgres = Optional.of(started);
        return started.url();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Runs before any part starts that would have to be stopped again. */
    private static void requireFreePorts(Settings settings) {
        requireFree(settings.http().host(), settings.http().port(), "HTTP", "--port (GUILDHALL_PORT)");
        var management = settings.management();
        requireFree(
                management.host(), management.port(), "management", "--management-port (GUILDHALL_MANAGEMENT_PORT)");
        management.probes().ifPresent(it -> requireFree(it.host(), it.port(), "probes", "GUILDHALL_PROBES_PORT"));
    }

    private static void requireFree(String host, int port, String server, String option) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return;
        } catch (IOException e) {
            throw new StartupException(
                    "Port " + port + " on " + host + " for " + server + " is not available: " + e.getMessage()
                            + ". Stop the program that uses it, or choose another port with " + option + ".",
                    e);
        }
    }

    /** @throws StartupException in production, which requires an external database */
    public static EmbeddedPostgres startEmbeddedDatabase(Settings settings, BackgroundLoops loops) {
        if (!settings.isDevelopment())
            throw new StartupException(
                    "Production requires an external database. Set DATABASE_URL to a PostgreSQL 15 or newer with pgvector.");
        var binaries = new PostgresBinaries(System.getenv(), System.err::println).locate();
        return EmbeddedPostgres.start(binaries, settings.dataFolder().resolve("postgres"), loops);
    }

    /**
     * The time since this JVM started. The process can be older, because the launcher builds the program before it
     * becomes the JVM.
     */
    public static Duration age() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private void stop(Runnable whenStopped) {
        close();
        whenStopped.run();
    }

    @Override
    public void close() {
        assembly.ifPresent(NodeAssembly::close);
        stopDatabase();
    }

    private synchronized void stopDatabase() {
        closed = true;
        postgres.ifPresent(EmbeddedPostgres::close);
        postgres = Optional.empty();
    }
}
