package io.guildhall.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own under a data folder: started and stopped by the program, on the loopback address only, with a password that
 * is made once. What was committed survives {@code kill -9} of the program and of the server; a server left behind by a killed program is
 * ended first, and one that dies while the program runs is started again.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "guildhall";
    private static final Duration INITDB_PATIENCE = Duration.ofSeconds(60);
    // A large database that was killed needs a while to recover.
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    // What a killed server held in memory may take a moment to be let go.
    private static final int START_ATTEMPTS = 5;
    private static final String WRONG_PASSWORD = "28P01";

    private final Server programs;
    private final DataFolder folder;
    private final String password;
    private volatile int port;
    private Process server;
    private boolean closing;

    /**
     * @param folder of this instance; made where it does not exist
     * @throws StartupException naming the remedy
     */
    public static EmbeddedPostgres start(Path binaries, Path folder) {
        var programs = new Server(binaries);
        try {
            var held = DataFolder.hold(folder);
            try {
                return new EmbeddedPostgres(programs, held);
            } catch (Throwable e) {
                held.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StartupException(
                    "The data folder " + folder + " cannot be used: " + e.getMessage()
                            + ". Check its owner and free space, or give another with --data.",
                    e);
        }
    }

    private EmbeddedPostgres(Server programs, DataFolder folder) throws IOException {
        this.programs = programs;
        this.folder = folder;
        folder.inspect(programs.major());
        Orphan.end(folder.data(), programs.program("pg_ctl"));
        this.password = folder.password();
        if (!Files.exists(folder.data())) initialise();
        this.server = launch();
        revive(server);
    }

    /** A JDBC address with its credentials, of the database {@code guildhall}. */
    public String url() {
        return url("guildhall");
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER + "&password=" + password
                + "&sslmode=disable&gssEncMode=disable";
    }

    /** Of the server's first process. */
    public synchronized long pid() {
        return server.pid();
    }

    private void initialise() throws IOException {
        var fresh = folder.path().resolve("initialising");
        if (Files.exists(fresh)) Binaries.delete(fresh);
        var initdb = Shell.run(INITDB_PATIENCE, folder.path(), programs.initialise(fresh, USER, folder.passwordFile()));
        if (!initdb.well())
            throw new StartupException("The database could not be made under " + folder.path() + ": "
                    + initdb.output().strip() + ". " + remedy());
        Files.move(fresh, folder.data());
    }

    private Process launch() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = folder.port();
            var process = new ProcessBuilder(programs.serve(folder.data(), port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(folder.log().toFile()))
                    .start();
            if (awaitReady(process)) return process;
            if (attempt == START_ATTEMPTS)
                throw new StartupException("PostgreSQL does not start; its last words, from " + folder.log() + ": "
                        + lastWords() + " " + remedy());
            pause(Duration.ofMillis(400));
        }
    }

    private static String remedy() {
        return "If the data is damaged, restore it from a backup or give another folder with --data; if it may not run here (as root"
                + " it needs user namespaces), start Guildhall as another user, or set DATABASE_URL to a PostgreSQL 15 or newer with"
                + " pgvector.";
    }

    private boolean awaitReady(Process process) {
        var until = Instant.now().plus(START_PATIENCE);
        while (process.isAlive()) {
            try (var connection = DriverManager.getConnection(url("postgres"));
                    var statement = connection.createStatement();
                    var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'guildhall'")) {
                if (!found.next()) {
                    try (var create = connection.createStatement()) {
                        create.execute("CREATE DATABASE guildhall");
                    }
                }
                return true;
            } catch (SQLException e) {
                if (WRONG_PASSWORD.equals(e.getSQLState())) {
                    stop(process);
                    throw new StartupException(
                            "The password in " + folder.passwordFile() + " is not that of the database beside it."
                                    + " Restore the file from a backup, or give another folder with --data.",
                            e);
                }
                if (Instant.now().isAfter(until)) {
                    stop(process);
                    throw new StartupException(
                            "PostgreSQL started but lets nobody in: " + e.getMessage() + " See " + folder.log() + ".",
                            e);
                }
                pause(Duration.ofMillis(15));
            }
        }
        return false;
    }

    private void revive(Process watched) {
        var _ = watched.onExit().thenRunAsync(this::startAgain, Thread::startVirtualThread);
    }

    private synchronized void startAgain() {
        if (closing) return;
        log.warn("PostgreSQL ended by itself and is started again; it said: {}", lastWords());
        int before = port;
        try {
            server = launch();
            if (port != before) log.error("PostgreSQL's port {} is taken; restart Guildhall", before);
            revive(server);
        } catch (StartupException | IOException e) {
            log.error("PostgreSQL could not be started again: {}", e.getMessage());
        }
    }

    private String lastWords() {
        try {
            var lines = Files.readAllLines(folder.log());
            return String.join(" ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
        } catch (IOException e) {
            return "nothing that can be read";
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while PostgreSQL started.", e);
        }
    }

    /** Fast: what runs is rolled back, and nobody is waited for. */
    private void stop(Process process) {
        if (!process.isAlive()) return;
        Shell.run(Duration.ofSeconds(5), folder.path(), List.of("kill", "-INT", Long.toString(process.pid())));
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** Stops the server after its running transactions were rolled back. */
    @Override
    public synchronized void close() {
        closing = true;
        stop(server);
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
