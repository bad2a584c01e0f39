package io.guildhall.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in its own process. */
final class NodeProcess {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Process process;

    private NodeProcess(Process process) {
        this.process = process;
    }

    /** @param greets whether it prints its addresses when it is ready */
    static NodeProcess start(List<String> command, boolean greets) throws IOException {
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("GUILDHALL_DEV", "on");
        if (!greets) builder.environment().put("GUILDHALL_NODE", "1");
        return new NodeProcess(builder.start());
    }

    /** Waits until it serves; false if it has ended instead, or takes too long. */
    boolean awaitReady(int managementPort) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        var end = Instant.now().plus(START_TIMEOUT);
        try (var http = HttpClient.newHttpClient()) {
            while (process.isAlive() && Instant.now().isBefore(end)) {
                try {
                    var response = http.send(request, HttpResponse.BodyHandlers.discarding());
                    if (response.statusCode() == 200) return true;
                } catch (IOException e) {
                    // It does not listen yet.
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        return false;
    }

    boolean refusedItsOptions() {
        return !process.isAlive() && process.exitValue() == 2;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Lets it leave the cluster and stop its database. */
    void stop() {
        process.destroy();
        try {
            if (process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
