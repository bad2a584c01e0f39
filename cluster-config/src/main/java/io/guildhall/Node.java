package io.guildhall;

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

/** One node in this process, with the embedded database where no other is named. */
final class Node implements AutoCloseable {
    private final House house;
    private final Optional<EmbeddedPostgres> postgres;

    private Node(House house, Optional<EmbeddedPostgres> postgres) {
        this.house = house;
        this.postgres = postgres;
    }

    /** Returns when it serves; it ends with the process. */
    static Node start(Settings settings, Config config) {
        refuseTakenPorts(settings);
        var embedded = new AtomicReference<EmbeddedPostgres>();
        var database = CompletableFuture.supplyAsync(
                () -> {
                    var url = settings.databaseUrl().orElseGet(() -> {
                        embedded.set(embedded(settings));
                        return embedded.get().url();
                    });
                    return Database.open(Database.checked(url), settings.databaseConnections());
                },
                Thread::startVirtualThread);
        try {
            var node = new Node(House.open(settings, config, database), Optional.ofNullable(embedded.get()));
            Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
            return node;
        } catch (RuntimeException e) {
            Optional.ofNullable(embedded.get()).ifPresent(EmbeddedPostgres::close);
            throw e;
        }
    }

    /** Before anything starts that would have to be stopped again. */
    private static void refuseTakenPorts(Settings settings) {
        refuseTaken(settings.http().host(), settings.http().port(), "HTTP", "--port (GUILDHALL_PORT)");
        refuseTaken(
                "127.0.0.1", settings.managementPort(), "management", "--management-port (GUILDHALL_MANAGEMENT_PORT)");
    }

    private static void refuseTaken(String host, int port, String what, String option) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return;
        } catch (IOException e) {
            throw new StartupException(
                    "Port " + port + " of " + host + ", for " + what + ", cannot be had: " + e.getMessage()
                            + ". Stop what uses it, or choose another with " + option + ".",
                    e);
        }
    }

    static EmbeddedPostgres embedded(Settings settings) {
        if (!settings.isDevelopment())
            throw new StartupException(
                    "Production needs a database of its own: set DATABASE_URL to a PostgreSQL 15 or newer with pgvector.");
        var binaries = new Binaries(System.getenv(), System.err::println).locate();
        return EmbeddedPostgres.start(binaries, settings.data().resolve("postgres"));
    }

    /** Since the process began. */
    static Duration age() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        house.close();
        postgres.ifPresent(EmbeddedPostgres::close);
    }
}
