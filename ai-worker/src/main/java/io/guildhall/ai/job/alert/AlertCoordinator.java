package io.guildhall.ai.job.alert;

import io.guildhall.ai.job.Backoff;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Runs rounds of alerts, once in the cluster. A round embeds pending searches, then compares new documents with
 * searches and sends the matches. The next round starts immediately while there is work, otherwise after
 * {@link #POLL_INTERVAL}. Embedding and comparing are retried separately: if no model is available, embedded searches
 * still send alerts.
 */
final class AlertCoordinator extends AbstractBehavior<AlertCoordinator.Message> {
    /** A round without work costs a few small queries. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    sealed interface Message {}

    private record StartRound() implements Message {}

    private record RetryEmbedding() implements Message {}

    private record SearchesEmbedded(boolean hadWork) implements Message {}

    private record EmbeddingFailed(Throwable cause) implements Message {}

    private record BatchCompared(boolean hadWork) implements Message {}

    private record ComparingFailed(Throwable cause) implements Message {}

    private final TimerScheduler<Message> timers;
    private final AlertRound round;
    private boolean isRegistered;
    private boolean canEmbed = true;
    private boolean hadSearches;
    private final Backoff embeddingBackoff = new Backoff(POLL_INTERVAL);
    private final Backoff comparingBackoff = new Backoff(POLL_INTERVAL);

    static Behavior<Message> create(AlertRound round) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new AlertCoordinator(context, timers, round)));
    }

    private AlertCoordinator(ActorContext<Message> context, TimerScheduler<Message> timers, AlertRound round) {
        super(context);
        this.timers = timers;
        this.round = round;
        startRound();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(StartRound.class, _ -> startRound())
                .onMessage(RetryEmbedding.class, _ -> retryEmbedding())
                .onMessage(SearchesEmbedded.class, this::searchesEmbedded)
                .onMessage(EmbeddingFailed.class, this::embeddingFailed)
                .onMessage(BatchCompared.class, this::batchCompared)
                .onMessage(ComparingFailed.class, this::comparingFailed)
                .build();
    }

    private Behavior<Message> startRound() {
        hadSearches = false;
        if (!canEmbed) return compare();
        var embedding = isRegistered ? round.embedSearches() : round.register().thenApply(_ -> true);
        getContext()
                .pipeToSelf(
                        embedding,
                        (hadWork, failure) ->
                                failure == null ? new SearchesEmbedded(hadWork) : new EmbeddingFailed(failure));
        return this;
    }

    private Behavior<Message> retryEmbedding() {
        canEmbed = true;
        return this;
    }

    private Behavior<Message> searchesEmbedded(SearchesEmbedded message) {
        isRegistered = true;
        hadSearches = message.hadWork();
        embeddingBackoff.reset();
        return compare();
    }

    private Behavior<Message> embeddingFailed(EmbeddingFailed message) {
        warnOnce(embeddingBackoff, "Saved searches cannot be embedded; retrying with backoff", message.cause());
        canEmbed = false;
        timers.startSingleTimer(new RetryEmbedding(), embeddingBackoff.nextDelay());
        return compare();
    }

    private Behavior<Message> compare() {
        getContext()
                .pipeToSelf(
                        round.compareNextBatch(),
                        (hadWork, failure) ->
                                failure == null ? new BatchCompared(hadWork) : new ComparingFailed(failure));
        return this;
    }

    private Behavior<Message> batchCompared(BatchCompared message) {
        comparingBackoff.reset();
        if (message.hadWork() || hadSearches) return startRound();
        timers.startSingleTimer(new StartRound(), POLL_INTERVAL);
        return this;
    }

    private Behavior<Message> comparingFailed(ComparingFailed message) {
        warnOnce(comparingBackoff, "Alerts cannot be sent; retrying with backoff", message.cause());
        timers.startSingleTimer(new StartRound(), comparingBackoff.nextDelay());
        return this;
    }

    private void warnOnce(Backoff backoff, String message, Throwable cause) {
        if (backoff.isFirstFailure()) getContext().getLog().warn(message, cause);
    }
}
