package io.guildhall.embedded;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
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
 * A PostgreSQL server that this program starts and stops, with its data in a folder. It listens on the loopback address
 * only and has a generated password. Committed data survives {@code kill -9} of the program and of the server. A server
 * that is still running after its program was killed is stopped first, and a server that exits unexpectedly is
 * restarted.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "guildhall";
    private static final Duration INITDB_TIMEOUT = Duration.ofSeconds(60);
    // Recovery of a large database after a kill takes some time.
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);
    // It can take a moment until the system has released the memory of a killed server.
    private static final int START_ATTEMPTS = 5;
    /** Of the connection that asks whether the server is ready, in seconds. */
    private static final String CHECK_TIMEOUTS = "&connectTimeout=5&loginTimeout=10&socketTimeout=10";

    private static final String WRONG_PASSWORD = "28P01";

    private final PostgresCommands commands;
    private final DataFolder folder;
    private final String password;
    private final BackgroundLoop loop;
    private volatile int port;
    private Process server;
    private boolean closing;

    /**
     * @param folder data folder of this instance; created if it does not exist
     * @throws StartupException with a message that says what to do
     */
    public static EmbeddedPostgres start(Path binaries, Path folder, BackgroundLoops loops) {
        var commands = new PostgresCommands(binaries);
        try {
            var locked = DataFolder.lock(folder);
            try {
                return new EmbeddedPostgres(commands, locked, loops);
            } catch (Throwable e) {
                locked.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StartupException(
                    "The data folder " + folder + " cannot be used: " + e.getMessage()
                            + ". Check its owner and free space, or choose another folder with --data.",
                    e);
        }
    }

    private EmbeddedPostgres(PostgresCommands commands, DataFolder folder, BackgroundLoops loops) throws IOException {
        this.commands = commands;
        this.folder = folder;
        folder.check(commands.major());
        OrphanedServer.stop(folder.data(), commands.program("pg_ctl"));
        this.password = folder.password();
        if (!Files.exists(folder.data())) initialise();
        this.server = launch();
        this.loop = loops.start("postgres", this::restartIfExited);
    }

    /** The JDBC URL of the database {@code guildhall}, with credentials. */
    public String url() {
        return url("guildhall");
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER + "&password=" + password
                + "&sslmode=disable&gssEncMode=disable";
    }

    /** The process id of the server. */
    public synchronized long pid() {
        return server.pid();
    }

    private void initialise() throws IOException {
        var fresh = folder.path().resolve("initialising");
        if (Files.exists(fresh)) PostgresBinaries.delete(fresh);
        var initdb = ProcessRunner.run(
                INITDB_TIMEOUT, folder.path(), commands.initialise(fresh, USER, folder.passwordFile()));
        if (!initdb.succeeded())
            throw new StartupException("Cannot create a database under " + folder.path() + ": "
                    + initdb.output().strip() + ". " + remedy());
        Files.move(fresh, folder.data());
    }

    private Process launch() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = folder.port();
            var process = new ProcessBuilder(commands.serve(folder.data(), port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(folder.log().toFile()))
                    .start();
            if (awaitReady(process)) return process;
            if (attempt == START_ATTEMPTS)
                throw new StartupException("PostgreSQL does not start. The end of its log " + folder.log() + ": "
                        + endOfLog() + " " + remedy());
            pause(Duration.ofMillis(400));
        }
    }

    private static String remedy() {
        return "If the data is damaged, restore it from a backup or choose another folder with --data. If PostgreSQL is not allowed to"
                + " run (as root it needs user namespaces), start Guildhall as another user, or set DATABASE_URL to a PostgreSQL 15 or"
                + " newer with pgvector.";
    }

    private boolean awaitReady(Process process) {
        var deadline = Instant.now().plus(START_TIMEOUT);
        while (process.isAlive()) {
            try (var connection = DriverManager.getConnection(url("postgres") + CHECK_TIMEOUTS);
                    var statement = connection.createStatement();
                    var databases = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'guildhall'")) {
                if (!databases.next()) {
                    try (var create = connection.createStatement()) {
                        create.execute("CREATE DATABASE guildhall");
                    }
                }
                return true;
            } catch (SQLException e) {
                if (WRONG_PASSWORD.equals(e.getSQLState())) {
                    stop(process);
                    throw new StartupException(
                            "The password in " + folder.passwordFile()
                                    + " does not match the database in the same folder."
                                    + " Restore the file from a backup, or choose another folder with --data.",
                            e);
                }
                if (Instant.now().isAfter(deadline)) {
                    stop(process);
                    throw new StartupException(
                            "PostgreSQL has started but accepts no connection: " + e.getMessage() + " See "
                                    + folder.log() + ".",
                            e);
                }
                pause(Duration.ofMillis(15));
            }
        }
        return false;
    }

    private synchronized Duration restartIfExited() throws IOException {
        if (closing || server.isAlive()) return CHECK_INTERVAL;
        LOG.warn("PostgreSQL exited unexpectedly; restarting it. The end of its log: {}", endOfLog());
        int previousPort = port;
        server = launch();
        if (port != previousPort)
            LOG.error("The port {} of PostgreSQL is taken by another program; restart Guildhall", previousPort);
        return CHECK_INTERVAL;
    }

    private String endOfLog() {
        try {
            var lines = Files.readAllLines(folder.log());
            return String.join(" ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
        } catch (IOException e) {
            return "(the log cannot be read)";
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while PostgreSQL was starting.", e);
        }
    }

    /** Stops the server without waiting for clients. Running transactions are rolled back. */
    private void stop(Process process) {
        if (!process.isAlive()) return;
        ProcessRunner.run(Duration.ofSeconds(5), folder.path(), List.of("kill", "-INT", Long.toString(process.pid())));
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** Stops the server. Running transactions are rolled back. */
    @Override
    public synchronized void close() {
        closing = true;
        loop.stop();
        stop(server);
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
