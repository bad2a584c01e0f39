package io.guildhall.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How PostgreSQL's programs are called, whichever version they are and whoever calls. */
final class Server {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int OLDEST = 15;

    private final Path binaries;
    private final int major;

    /** @throws StartupException where they do not run here, or are too old */
    Server(Path binaries) {
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
        var said = Shell.run(
                Duration.ofSeconds(10), binaries, List.of(program("postgres").toString(), "--version"));
        var version = VERSION.matcher(said.output());
        if (!said.well() || !version.find())
            throw new StartupException("The PostgreSQL under " + binaries + " does not run here: "
                    + said.output().strip()
                    + ". The fetched one needs Linux with glibc 2.28, macOS or Windows. Name another with GUILDHALL_POSTGRES, or a"
                    + " server with DATABASE_URL.");
        int found = Integer.parseInt(version.group(1));
        if (found < OLDEST)
            throw new StartupException(
                    "The PostgreSQL under " + binaries + " is " + found + "; " + OLDEST
                            + " or newer is needed. Name another with GUILDHALL_POSTGRES, or unset it to use the embedded one.");
        return found;
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
     * On the loopback address only; every commit reaches the disk. Memory is taken as pages are read: little on a laptop, and enough for the
     * vectors of 100,000 documents and their index, which would be copied from the system's cache by each search.
     */
    List<String> serve(Path data, int port) {
        var settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
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
        return apart(asUser(command));
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody in particular. */
    static List<String> asUser(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) return command;
        return before(List.of("unshare", "-U", "--map-user=1000"), command);
    }

    /** In a session of its own, so that Ctrl-C in the terminal ends the program first, and then by it the server. */
    private static List<String> apart(List<String> command) {
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) return before(List.of("/usr/bin/setsid"), command);
        if (Files.isExecutable(Path.of("/usr/bin/perl")))
            return before(List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die"), command);
        return command;
    }

    private static List<String> before(List<String> first, List<String> command) {
        var all = new ArrayList<>(first);
        all.addAll(command);
        return all;
    }
}
