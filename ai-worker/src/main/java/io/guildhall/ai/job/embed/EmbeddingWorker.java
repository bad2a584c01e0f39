package io.guildhall.ai.job.embed;

import io.guildhall.ai.port.Embedder;
import io.guildhall.background.LoopMonitor;
import io.guildhall.background.RetryDelays;
import io.guildhall.port.Embeddings;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Embeds documents on a node with the role {@code ai}: one batch at a time, confirmed when its vectors are stored. A
 * batch that fails is retried with exponential backoff. A text that the model refuses is parked, and the others of its
 * batch are embedded.
 */
final class EmbeddingWorker extends AbstractBehavior<EmbeddingWorker.Message> {
    static final ServiceKey<ConsumerController.Command<Batch>> KEY =
            ServiceKey.create(ConsumerController.serviceKeyClass(), "embedding-worker");

    private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(200);
    /** After so many failures, about a minute, a batch is searched for a text that causes them. */
    private static final int SPLIT_AFTER = 8;

    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(30);

    sealed interface Message {}

    private record BatchReceived(ConsumerController.Delivery<Batch> delivery) implements Message {}

    /** @param failures how often it has failed */
    private record Work(Batch batch, ActorRef<ConsumerController.Confirmed> confirmTo, int failures)
            implements Message {}

    private record BatchEmbedded(Work work, int documents) implements Message {}

    private record BatchFailed(Work work, Throwable cause) implements Message {}

    private final TimerScheduler<Message> timers;
    private final Embeddings embeddings;
    private final Embedder embedder;
    private final TextEmbedding texts;
    private final IntConsumer onEmbedded;
    private final LoopMonitor monitor;
    private final RetryDelays delays = new RetryDelays(FIRST_RETRY_DELAY, MAX_RETRY_DELAY);

    /** @param onEmbedded called with the number of documents that a batch has embedded */
    static Behavior<Message> create(
            Embeddings embeddings, Embedder embedder, IntConsumer onEmbedded, LoopMonitor monitor) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new EmbeddingWorker(context, timers, embeddings, embedder, onEmbedded, monitor)));
    }

    private EmbeddingWorker(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Embeddings embeddings,
            Embedder embedder,
            IntConsumer onEmbedded,
            LoopMonitor monitor) {
        super(context);
        this.timers = timers;
        this.embeddings = embeddings;
        this.embedder = embedder;
        this.texts = new TextEmbedding(embeddings, embedder);
        this.onEmbedded = onEmbedded;
        this.monitor = monitor;
        var consumer = context.spawn(ConsumerController.create(KEY), "pull");
        consumer.tell(new ConsumerController.Start<>(
                context.messageAdapter(ConsumerController.deliveryClass(), BatchReceived::new)));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(
                        BatchReceived.class,
                        it -> work(
                                new Work(it.delivery().message(), it.delivery().confirmTo(), 0)))
                .onMessage(Work.class, this::work)
                .onMessage(BatchEmbedded.class, this::batchEmbedded)
                .onMessage(BatchFailed.class, this::batchFailed)
                .build();
    }

    private Behavior<Message> work(Work work) {
        var embedded = embeddings
                .textsToEmbed(embedder.model().name(), work.batch().ids())
                .thenCompose(it -> texts.embed(it, work.failures() >= SPLIT_AFTER));
        getContext()
                .pipeToSelf(
                        embedded,
                        (count, failure) ->
                                failure == null ? new BatchEmbedded(work, count) : new BatchFailed(work, failure));
        return this;
    }

    private Behavior<Message> batchEmbedded(BatchEmbedded message) {
        delays.reset();
        monitor.succeeded();
        onEmbedded.accept(message.documents());
        message.work().confirmTo().tell(ConsumerController.confirmed());
        return this;
    }

    private Behavior<Message> batchFailed(BatchFailed message) {
        monitor.failed(message.cause());
        timers.startSingleTimer(message.work(), delays.next());
        return this;
    }
}
