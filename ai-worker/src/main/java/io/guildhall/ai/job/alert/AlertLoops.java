package io.guildhall.ai.job.alert;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Embeds pending searches, and compares new documents with embedded searches and sends the matches. Two loops, so that
 * embedded searches still send alerts if no model is available. Each runs again immediately while there is work,
 * otherwise after {@link #POLL_INTERVAL}.
 */
final class AlertLoops {
    /** A run without work costs a few small queries. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    /** For one run, whose calls to the database and to the model have their own, shorter timeouts. */
    private static final Duration RUN_TIMEOUT = Duration.ofMinutes(10);

    private final AlertRound round;
    private boolean isRegistered;

    private AlertLoops(AlertRound round) {
        this.round = round;
    }

    static List<BackgroundLoop> start(BackgroundLoops loops, AlertRound round) {
        var alerts = new AlertLoops(round);
        return List.of(
                loops.start("alert-embedding", alerts::embedSearches), loops.start("alert-sending", alerts::compare));
    }

    private Duration embedSearches() throws Exception {
        if (!isRegistered) await(round.register());
        isRegistered = true;
        return pauseAfter(await(round.embedSearches()));
    }

    private Duration compare() throws Exception {
        return pauseAfter(await(round.compareNextBatch()));
    }

    private static Duration pauseAfter(boolean hadWork) {
        return hadWork ? Duration.ZERO : POLL_INTERVAL;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(RUN_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
