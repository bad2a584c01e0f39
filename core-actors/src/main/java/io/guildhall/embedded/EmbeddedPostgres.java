package io.guildhall.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own under a data folder: started and stopped by the program, on the loopback address only, with a password that
 * is made once. What was committed survives {@code kill -9} of the program and of the server; a server left behind by a killed program is
 * ended first.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String MAJOR = "18";
    private static final String USER = "guildhall";
    private static final Duration INITDB_PATIENCE = Duration.ofSeconds(60);
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    // What a killed server held in memory may take a moment to be let go.
    private static final int START_ATTEMPTS = 5;

    private final Path binaries;
    private final Path folder;
    private final FileLock lock;
    private final String password;
    private final int port;
    private final Process server;

    /**
     * @param folder of this instance; made where it does not exist
     * @throws Trouble naming the remedy
     */
    public static EmbeddedPostgres start(Path binaries, Path folder) {
        try {
            makePrivate(folder);
            var lock = lock(folder);
            try {
                return new EmbeddedPostgres(binaries, folder.toAbsolutePath(), lock);
            } catch (Throwable e) {
                lock.channel().close();
                throw e;
            }
        } catch (IOException e) {
            throw new Trouble(
                    "The data folder " + folder + " cannot be used: " + e.getMessage()
                            + ". Check its owner and free space, or give another with --data.",
                    e);
        }
    }

    private EmbeddedPostgres(Path binaries, Path folder, FileLock lock) throws IOException {
        this.binaries = binaries;
        this.folder = folder;
        this.lock = lock;
        inspect();
        endOrphan();
        this.password = password();
        if (!Files.exists(data())) initialise();
        this.port = port();
        this.server = launch();
    }

    /** A JDBC address with its credentials, of the database {@code guildhall}. */
    public String url() {
        return url("guildhall");
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER + "&password=" + password;
    }

    /** Of the server's first process. */
    public long pid() {
        return server.pid();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private static FileLock lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) return lock;
        } catch (OverlappingFileLockException e) {
            // The same program has it: the same answer.
        }
        channel.close();
        throw new Trouble("The data folder " + folder
                + " is in use by another Guildhall. Stop that one, or give this one a folder of its own"
                + " with --data (and other ports with --port and --management-port).");
    }

    private void inspect() throws IOException {
        if (!Files.exists(data())) return;
        var version = data().resolve("PG_VERSION");
        if (!Files.exists(version) || !Files.exists(data().resolve("global/pg_control")))
            throw new Trouble("The database under " + data()
                    + " is damaged or was never finished. Restore it from a backup, or move it away to"
                    + " begin with an empty one.");
        var found = Files.readString(version).strip();
        if (!found.equals(MAJOR))
            throw new Trouble(
                    "The database under " + data() + " was made by PostgreSQL " + found + ", and this program brings "
                            + MAJOR + ". Run the Guildhall that made it, or give another folder with --data.");
    }

    /** Ends a server that a killed program left behind. */
    private void endOrphan() throws IOException {
        var pidFile = data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        Shell.run(
                STOP_PATIENCE.plusSeconds(5),
                folder,
                asOwner(List.of(
                        program("pg_ctl"),
                        "stop",
                        "-D",
                        data().toString(),
                        "-m",
                        "fast",
                        "-w",
                        "-t",
                        Long.toString(STOP_PATIENCE.toSeconds()))));
    }

    private String password() throws IOException {
        var file = folder.resolve("password");
        if (!Files.exists(file)) {
            var random = new byte[18];
            new SecureRandom().nextBytes(random);
            Files.writeString(file, HexFormat.of().formatHex(random));
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return Files.readString(file).strip();
    }

    private void initialise() throws IOException {
        var fresh = folder.resolve("initialising");
        if (Files.exists(fresh)) Binaries.delete(fresh);
        var initdb = Shell.run(
                INITDB_PATIENCE,
                folder,
                asOwner(List.of(
                        program("initdb"),
                        "-D",
                        fresh.toString(),
                        "-U",
                        USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + folder.resolve("password"),
                        "--data-checksums",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C")));
        if (!initdb.well())
            throw new Trouble("The database could not be made under " + folder + ": "
                    + initdb.output().strip());
        Files.move(fresh, data());
    }

    /** The port of the last run, so that tools find the database again; another where that is taken. */
    private int port() throws IOException {
        var file = folder.resolve("port");
        if (Files.exists(file)) {
            try (var free = new ServerSocket(
                    Integer.parseInt(Files.readString(file).strip()), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // Somebody else has it by now.
            }
        }
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(file, Integer.toString(free.getLocalPort()));
            return free.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        for (int attempt = 1; ; attempt++) {
            var process = new ProcessBuilder(asOwner(List.of(
                            program("postgres"),
                            "-D",
                            data().toString(),
                            "-p",
                            Integer.toString(port),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "unix_socket_directories=",
                            "-c",
                            "max_connections=200",
                            "-c",
                            "shared_buffers=64MB",
                            "-c",
                            "io_method=sync",
                            "-c",
                            "jit=off",
                            "-c",
                            "wal_level=minimal",
                            "-c",
                            "max_wal_senders=0",
                            "-c",
                            "log_min_messages=warning",
                            "-c",
                            "timezone=UTC")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()))
                    .start();
            if (awaitReady(process)) return process;
            if (attempt == START_ATTEMPTS)
                throw new Trouble("PostgreSQL does not start; its last words, from " + log() + ": " + lastWords());
            pause(Duration.ofMillis(400));
        }
    }

    private boolean awaitReady(Process process) throws IOException {
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
                if (Instant.now().isAfter(until)) {
                    process.destroyForcibly();
                    throw new Trouble(
                            "PostgreSQL started but lets nobody in: " + e.getMessage() + ". See " + log() + ".", e);
                }
                pause(Duration.ofMillis(15));
            }
        }
        return false;
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(log());
        return String.join(" ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody in particular. */
    private static List<String> asOwner(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) return command;
        var mapped = new ArrayList<>(List.of("unshare", "-U", "--map-user=1000"));
        mapped.addAll(command);
        return mapped;
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted while PostgreSQL started.", e);
        }
    }

    /** Stops the server after its running transactions were rolled back. */
    @Override
    public void close() {
        try {
            if (server.isAlive()) {
                Shell.run(Duration.ofSeconds(5), folder, List.of("kill", "-INT", Long.toString(server.pid())));
                if (!server.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) server.destroyForcibly();
            }
            lock.channel().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
