package io.guildhall.node;

import io.guildhall.background.BackgroundLoops;
import io.guildhall.embedded.StartupException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;

/** What every part of a node is opened with. */
record NodeContext(
        ActorSystem<?> system, Settings settings, InstantSource clock, Monitoring monitoring, OpenParts openParts) {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    PrometheusMeterRegistry metrics() {
        return monitoring.metrics();
    }

    BackgroundLoops loops() {
        return monitoring.loops();
    }

    /**
     * Waits until a server listens.
     *
     * @param server its name in error messages
     * @throws StartupException if the port is in use, or the server has not started in time
     */
    <T> T awaitStart(CompletionStage<T> start, String server, int port) {
        try {
            return start.toCompletableFuture()
                    .orTimeout(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (isCausedBy(e, BindException.class))
                throw new StartupException("Port " + port + " for " + server
                        + " is in use. Stop the program that uses it, or choose another port with --port and"
                        + " --management-port.");
            if (isCausedBy(e, TimeoutException.class))
                throw new StartupException(
                        "The " + server + " server did not start within " + START_TIMEOUT.toSeconds() + " s.");
            throw e;
        }
    }

    private static boolean isCausedBy(Throwable failure, Class<?> cause) {
        for (var it = failure; it != null; it = it.getCause()) if (cause.isInstance(it)) return true;
        return false;
    }
}
