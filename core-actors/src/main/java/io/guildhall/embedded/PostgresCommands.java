package io.guildhall.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command lines of PostgreSQL's programs, adapted to the version and to the current user. */
final class PostgresCommands {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int MIN_VERSION = 15;

    private final Path binaries;
    private final int major;

    /** @throws StartupException if the programs cannot run on this machine, or are too old */
    PostgresCommands(Path binaries) {
        this.binaries = binaries;
        this.major = version();
    }

    int major() {
        return major;
    }

    Path program(String name) {
        return binaries.resolve("bin").resolve(name);
    }

    private int version() {
        var result = ProcessRunner.run(
                Duration.ofSeconds(10), binaries, List.of(program("postgres").toString(), "--version"));
        var version = VERSION.matcher(result.output());
        if (!result.succeeded() || !version.find())
            throw new StartupException("The PostgreSQL under " + binaries + " cannot run on this machine: "
                    + result.output().strip()
                    + ". The downloaded one needs Linux with glibc 2.28, macOS or Windows. Set GUILDHALL_POSTGRES to another one, or"
                    + " DATABASE_URL to a server.");
        int major = Integer.parseInt(version.group(1));
        if (major < MIN_VERSION)
            throw new StartupException(
                    "The PostgreSQL under " + binaries + " is version " + major + "; " + MIN_VERSION
                            + " or newer is required. Set GUILDHALL_POSTGRES to another one, or unset it to use the embedded one.");
        return major;
    }

    List<String> initialise(Path data, String user, Path passwordFile) {
        var command = new ArrayList<>(List.of(
                program("initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                user,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C"));
        if (major >= 17) command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        return asUser(command);
    }

    /**
     * The server listens on the loopback address only, and every commit is flushed to disk. The shared buffers are
     * large enough for the vectors of 100,000 documents and their index, since each search would copy them from the
     * cache of the system otherwise. Memory is allocated when pages are read, so a small database uses little.
     */
    List<String> serve(Path data, int port) {
        var settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=600",
                "shared_buffers=512MB",
                "jit=off",
                "wal_level=minimal",
                "max_wal_senders=0",
                "log_min_messages=warning",
                "timezone=UTC"));
        if (major >= 18) settings.add("io_method=sync");
        var command = new ArrayList<>(
                List.of(program("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        for (var setting : settings) command.addAll(List.of("-c", setting));
        return inOwnSession(asUser(command));
    }

    /** PostgreSQL refuses to run as root. In its own user namespace it runs as an ordinary user. */
    static List<String> asUser(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) return command;
        return prepend(List.of("unshare", "-U", "--map-user=1000"), command);
    }

    /**
     * Runs the server in its own session, so that Ctrl-C in the terminal reaches only this program, which then stops
     * the server.
     */
    private static List<String> inOwnSession(List<String> command) {
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) return prepend(List.of("/usr/bin/setsid"), command);
        if (Files.isExecutable(Path.of("/usr/bin/perl")))
            return prepend(List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die"), command);
        return command;
    }

    private static List<String> prepend(List<String> first, List<String> command) {
        var all = new ArrayList<>(first);
        all.addAll(command);
        return all;
    }
}
