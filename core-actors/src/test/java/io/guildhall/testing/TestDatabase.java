package io.guildhall.testing;

import io.guildhall.embedded.EmbeddedPostgres;
import io.guildhall.embedded.PostgresBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Creates databases on a real PostgreSQL server with pgvector, which runs until the test run ends. It does not flush
 * commits to disk: they survive a crash of its process, but not of the machine.
 */
public final class TestDatabase {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger COUNT = new AtomicInteger();
    /** The database that {@link #migrated} copies; empty before its first use. */
    private static String template = "";

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            var folder = Files.createTempDirectory("guildhall-test-database-");
            var binaries = new PostgresBinaries(System.getenv(), System.out::println).locate();
            var server = EmbeddedPostgres.start(binaries, folder, TestLoops.create());
            makeFast(server.url());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                delete(folder);
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits are not flushed, and connections need no proof of the password, which would take most of their time. */
    private static void makeFast(String url) throws IOException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var setting : List.of("fsync", "full_page_writes"))
                statement.execute("ALTER SYSTEM SET " + setting + " = off");
            try (var file = statement.executeQuery("SHOW hba_file")) {
                file.next();
                Files.writeString(Path.of(file.getString(1)), "host all all 127.0.0.1/32 trust\n");
            }
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("the server cannot be configured", e);
        }
    }

    /** The test run does not wait until the files are deleted: each database has a thousand. */
    private static void delete(Path folder) {
        try {
            new ProcessBuilder("rm", "-rf", folder.toString()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(String url, String sql) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String create(String options) {
        var name = "test_" + COUNT.incrementAndGet();
        execute(SERVER.url(), "CREATE DATABASE " + name + options);
        return name;
    }

    private static PGSimpleDataSource source(String name) {
        var source = new PGSimpleDataSource();
        source.setUrl(SERVER.url(name));
        return source;
    }

    /** Creates an empty database. */
    public static PGSimpleDataSource fresh() {
        return source(create(""));
    }

    /** Creates an empty database and returns its JDBC URL with credentials. */
    public static String freshUrl() {
        return SERVER.url(create(""));
    }

    /**
     * Creates a database that is migrated: a copy of a database that the first call migrates, since copying takes less
     * time than migrating.
     *
     * @param migrations the same in each call
     */
    public static PGSimpleDataSource migrated(Consumer<DataSource> migrations) {
        var source = new PGSimpleDataSource();
        source.setUrl(migratedUrl(migrations));
        return source;
    }

    /** Creates a database like {@link #migrated} and returns its JDBC URL with credentials. */
    public static synchronized String migratedUrl(Consumer<DataSource> migrations) {
        if (template.isEmpty()) {
            var name = create("");
            migrations.accept(source(name));
            template = name;
        }
        return SERVER.url(create(" TEMPLATE " + template));
    }
}
