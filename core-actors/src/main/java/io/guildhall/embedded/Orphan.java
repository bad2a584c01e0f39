package io.guildhall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server that a killed program left behind in a data folder. */
final class Orphan {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private Orphan() {}

    /** Ends it, so that the folder is free. A process that only has the number of one that is gone is left alone. */
    static void end(Path data, Path pgCtl) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        var process = Files.exists(pidFile) ? process(pidFile) : Optional.<ProcessHandle>empty();
        // Nobody has the number: PostgreSQL itself knows best whether anything of the old server is left.
        if (process.isEmpty()) return;
        if (!serves(process.get(), data)) {
            Files.deleteIfExists(pidFile);
            return;
        }
        var stop = Server.asUser(
                List.of(pgCtl.toString(), "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", seconds()));
        var stopped = Shell.run(STOP_PATIENCE.plusSeconds(5), data, stop);
        if (!stopped.well() && process.get().isAlive()) {
            // What was committed is in its log: a hard end costs nothing but a recovery.
            process.get().destroyForcibly();
            process.get()
                    .onExit()
                    .orTimeout(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    private static String seconds() {
        return Long.toString(STOP_PATIENCE.toSeconds());
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean serves(ProcessHandle process, Path data) {
        var info = process.info();
        return info.command()
                        .map(Path::of)
                        .filter(it -> it.getFileName().toString().startsWith("postgres"))
                        .isPresent()
                && Arrays.asList(info.arguments().orElse(new String[0])).contains(data.toString());
    }
}
