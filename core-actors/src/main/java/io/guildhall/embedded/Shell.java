package io.guildhall.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, for at most a given time. */
final class Shell {
    private Shell() {}

    record Ended(int code, String output) {
        boolean well() {
            return code == 0;
        }
    }

    /** @throws StartupException where it is not there or takes too long */
    static Ended run(Duration patience, Path folder, List<String> command) {
        return run(patience, folder, command, Map.of());
    }

    /** @param environment beside what the program itself has */
    static Ended run(Duration patience, Path folder, List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var output = CompletableFuture.supplyAsync(() -> read(process), Thread::startVirtualThread);
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new StartupException(
                        "'" + command.getFirst() + "' did not end within " + patience.toSeconds() + " s.");
            }
            return new Ended(process.exitValue(), output.join());
        } catch (IOException e) {
            throw new StartupException("'" + command.getFirst() + "' cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while '" + command.getFirst() + "' ran.", e);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
