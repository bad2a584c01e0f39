package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.embedded.Binaries;
import io.guildhall.embedded.EmbeddedPostgres;
import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A node in this process, with an embedded database if the settings name no other. */
public final class Node implements AutoCloseable {
    private final NodeAssembly assembly;
    private final Optional<EmbeddedPostgres> postgres;

    private Node(NodeAssembly assembly, Optional<EmbeddedPostgres> postgres) {
        this.assembly = assembly;
        this.postgres = postgres;
    }

    /**
     * Starts a node and returns when it serves. It stops with the process.
     *
     * @throws StartupException naming the remedy
     */
    public static Node start(Settings settings, Config config) {
        requireFreePorts(settings);
        var embedded = new AtomicReference<EmbeddedPostgres>();
        var database = CompletableFuture.supplyAsync(
                () -> {
                    var url = settings.databaseUrl().orElseGet(() -> {
                        embedded.set(startEmbeddedDatabase(settings));
                        return embedded.get().url();
                    });
                    return Database.open(Database.requireSupported(url), settings.maxDatabaseConnections());
                },
                Thread::startVirtualThread);
        try {
            var node = new Node(NodeAssembly.open(settings, config, database), Optional.ofNullable(embedded.get()));
            Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
            return node;
        } catch (RuntimeException e) {
            Optional.ofNullable(embedded.get()).ifPresent(EmbeddedPostgres::close);
            throw e;
        }
    }

    /** Runs before any part starts that would have to be stopped again. */
    private static void requireFreePorts(Settings settings) {
        requireFree(settings.http().host(), settings.http().port(), "HTTP", "--port (GUILDHALL_PORT)");
        requireFree(
                "127.0.0.1", settings.managementPort(), "management", "--management-port (GUILDHALL_MANAGEMENT_PORT)");
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
    public static EmbeddedPostgres startEmbeddedDatabase(Settings settings) {
        if (!settings.isDevelopment())
            throw new StartupException(
                    "Production requires an external database. Set DATABASE_URL to a PostgreSQL 15 or newer with pgvector.");
        var binaries = new Binaries(System.getenv(), System.err::println).locate();
        return EmbeddedPostgres.start(binaries, settings.dataFolder().resolve("postgres"));
    }

    /** The time since the process started. */
    public static Duration age() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        assembly.close();
        postgres.ifPresent(EmbeddedPostgres::close);
    }
}
