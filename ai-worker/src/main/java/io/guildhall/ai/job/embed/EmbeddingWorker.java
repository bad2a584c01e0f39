package io.guildhall.ai.job.embed;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.InvalidInput;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Vectors;
import io.guildhall.background.LoopMonitor;
import io.guildhall.background.RetryDelays;
import io.guildhall.port.Embeddings;
import io.guildhall.port.Embeddings.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
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
 * batch that fails is retried with exponential backoff. Texts that no model can embed are skipped.
 */
final class EmbeddingWorker extends AbstractBehavior<EmbeddingWorker.Message> {
    static final ServiceKey<ConsumerController.Command<Batch>> KEY =
            ServiceKey.create(ConsumerController.serviceKeyClass(), "embedding-worker");

    private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(200);
    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(30);

    sealed interface Message {}

    private record BatchReceived(ConsumerController.Delivery<Batch> delivery) implements Message {}

    private record Work(Batch batch, ActorRef<ConsumerController.Confirmed> confirmTo) implements Message {}

    private record BatchEmbedded(Work work, int documents) implements Message {}

    private record BatchFailed(Work work, Throwable cause) implements Message {}

    private final TimerScheduler<Message> timers;
    private final Embeddings embeddings;
    private final Embedder embedder;
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
                                new Work(it.delivery().message(), it.delivery().confirmTo())))
                .onMessage(Work.class, this::work)
                .onMessage(BatchEmbedded.class, this::batchEmbedded)
                .onMessage(BatchFailed.class, this::batchFailed)
                .build();
    }

    private Behavior<Message> work(Work work) {
        var embedded = embeddings
                .textsToEmbed(embedder.model().name(), work.batch().ids())
                .thenCompose(this::embed);
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

    /** Returns the number of documents that were embedded. */
    private CompletionStage<Integer> embed(List<Text> texts) {
        if (texts.isEmpty()) return completedFuture(0);
        return embedder.embed(
                        Purpose.DOCUMENT, texts.stream().map(Text::content).toList())
                .thenCompose(result -> switch (result) {
                    case Vectors it -> store(texts, it);
                    case InvalidInput it -> skipUnreadable(texts, it);
                    case Failure it -> throw new IllegalStateException(it.toString());
                });
    }

    private CompletionStage<Integer> store(List<Text> texts, Vectors result) {
        var vectors = new ArrayList<Embeddings.Vector>();
        for (int i = 0; i < texts.size(); i++)
            vectors.add(new Embeddings.Vector(
                    texts.get(i).id(), texts.get(i).hash(), result.vectors().get(i)));
        return embeddings.store(embedder.model().name(), vectors).thenApply(_ -> texts.size());
    }

    private CompletionStage<Integer> skipUnreadable(List<Text> texts, InvalidInput failure) {
        int unreadable = failure.index().orElseThrow(() -> new IllegalStateException(failure.toString()));
        var others = new ArrayList<>(texts);
        others.remove(unreadable);
        return embeddings.markUnreadable(texts.get(unreadable)).thenCompose(_ -> embed(others));
    }
}
