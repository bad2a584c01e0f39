package io.guildhall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server in a data folder that is still running after the program that started it was killed. */
final class OrphanedServer {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private OrphanedServer() {}

    /**
     * Stops the server, so that the folder can be used. Does not touch another process that has the process id of a
     * server that has exited.
     */
    static void stop(Path data, Path pgCtl) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        var process = Files.exists(pidFile) ? process(pidFile) : Optional.<ProcessHandle>empty();
        // No process has this id. PostgreSQL checks on its own whether parts of the old server are left.
        if (process.isEmpty()) return;
        if (!isServerOf(process.get(), data)) {
            Files.deleteIfExists(pidFile);
            return;
        }
        var command = PostgresCommands.asUser(
                List.of(pgCtl.toString(), "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", timeoutSeconds()));
        var result = ProcessRunner.run(STOP_TIMEOUT.plusSeconds(5), data, command);
        if (!result.succeeded() && process.get().isAlive()) {
            // All commits are in its write-ahead log: a kill only makes the next start slower.
            process.get().destroyForcibly();
            process.get()
                    .onExit()
                    .orTimeout(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    private static String timeoutSeconds() {
        return Long.toString(STOP_TIMEOUT.toSeconds());
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isServerOf(ProcessHandle process, Path data) {
        var info = process.info();
        return info.command()
                        .map(Path::of)
                        .filter(it -> it.getFileName().toString().startsWith("postgres"))
                        .isPresent()
                && Arrays.asList(info.arguments().orElse(new String[0])).contains(data.toString());
    }
}
