package io.guildhall.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs an external program until it exits, with a timeout. */
final class ProcessRunner {
    private ProcessRunner() {}

    /** @param output of standard output and standard error */
    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** @throws StartupException if the program does not exist or does not exit in time */
    static Result run(Duration timeout, Path folder, List<String> command) {
        return run(timeout, folder, command, Map.of());
    }

    /** @param environment variables in addition to those of this program */
    static Result run(Duration timeout, Path folder, List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var output = CompletableFuture.supplyAsync(() -> read(process), Thread::startVirtualThread);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new StartupException(
                        "'" + command.getFirst() + "' did not exit within " + timeout.toSeconds() + " s.");
            }
            return new Result(process.exitValue(), output.join());
        } catch (IOException e) {
            throw new StartupException("'" + command.getFirst() + "' cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while '" + command.getFirst() + "' was running.", e);
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
