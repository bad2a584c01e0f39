package io.guildhall.testing;

import io.guildhall.embedded.EmbeddedPostgres;
import io.guildhall.embedded.PostgresBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** Creates empty databases on a real PostgreSQL server with pgvector, which runs until the test run ends. */
public final class TestDatabase {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            var folder = Files.createTempDirectory("guildhall-test-database-");
            var binaries = new PostgresBinaries(System.getenv(), System.out::println).locate();
            var server = EmbeddedPostgres.start(binaries, folder, TestLoops.create());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                delete(folder);
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(java.nio.file.Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : (Iterable<java.nio.file.Path>) all.sorted(java.util.Comparator.reverseOrder())::iterator)
                Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a database and returns its JDBC URL with credentials. */
    public static String freshUrl() {
        var name = "test_" + COUNT.incrementAndGet();
        try (var connection = DriverManager.getConnection(SERVER.url());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return SERVER.url(name);
        } catch (SQLException e) {
            throw new IllegalStateException("no fresh database", e);
        }
    }

    public static PGSimpleDataSource fresh() {
        var source = new PGSimpleDataSource();
        source.setUrl(freshUrl());
        return source;
    }
}
