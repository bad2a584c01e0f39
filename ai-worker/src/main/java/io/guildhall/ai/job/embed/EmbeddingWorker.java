package io.guildhall.ai.job.embed;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.BadInput;
import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Vectors;
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
 * Reads documents on a node with the role {@code ai}: one batch at a time, confirmed when its vectors are stored. What fails is tried again
 * with growing pauses; what no model can read is passed over.
 */
final class EmbeddingWorker extends AbstractBehavior<EmbeddingWorker.Message> {
    static final ServiceKey<ConsumerController.Command<Batch>> KEY =
            ServiceKey.create(ConsumerController.serviceKeyClass(), "embed-worker");

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    sealed interface Message {}

    private record Handed(ConsumerController.Delivery<Batch> delivery) implements Message {}

    private record Work(Batch batch, ActorRef<ConsumerController.Confirmed> confirmTo) implements Message {}

    private record Done(Work work, int read) implements Message {}

    private record Failed(Work work, String why) implements Message {}

    private final TimerScheduler<Message> timers;
    private final Embeddings embeddings;
    private final Embedder embedder;
    private final IntConsumer read;
    private Duration pause = FIRST_PAUSE;

    /** @param read told how many documents a batch has brought */
    static Behavior<Message> create(Embeddings embeddings, Embedder embedder, IntConsumer read) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new EmbeddingWorker(context, timers, embeddings, embedder, read)));
    }

    private EmbeddingWorker(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Embeddings embeddings,
            Embedder embedder,
            IntConsumer read) {
        super(context);
        this.timers = timers;
        this.embeddings = embeddings;
        this.embedder = embedder;
        this.read = read;
        var consumer = context.spawn(ConsumerController.create(KEY), "pull");
        consumer.tell(new ConsumerController.Start<>(
                context.messageAdapter(ConsumerController.deliveryClass(), Handed::new)));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(
                        Handed.class,
                        it -> work(
                                new Work(it.delivery().message(), it.delivery().confirmTo())))
                .onMessage(Work.class, this::work)
                .onMessage(Done.class, this::done)
                .onMessage(Failed.class, this::failed)
                .build();
    }

    private Behavior<Message> work(Work work) {
        var reading = embeddings
                .textsToEmbed(embedder.model().name(), work.batch().ids())
                .thenCompose(this::embed);
        getContext()
                .pipeToSelf(
                        reading,
                        (count, why) -> why == null ? new Done(work, count) : new Failed(work, why.toString()));
        return this;
    }

    private Behavior<Message> done(Done done) {
        pause = FIRST_PAUSE;
        read.accept(done.read());
        done.work().confirmTo().tell(ConsumerController.confirmed());
        return this;
    }

    private Behavior<Message> failed(Failed failed) {
        if (pause.equals(FIRST_PAUSE))
            getContext()
                    .getLog()
                    .warn(
                            "{} documents cannot be read now and are tried again with growing pauses: {}",
                            failed.work().batch().ids().size(),
                            failed.why());
        timers.startSingleTimer(failed.work(), pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return this;
    }

    /** How many were read. */
    private CompletionStage<Integer> embed(List<Text> texts) {
        if (texts.isEmpty()) return completedFuture(0);
        return embedder.embed(
                        Purpose.DOCUMENT, texts.stream().map(Text::content).toList())
                .thenCompose(answer -> switch (answer) {
                    case Vectors it -> store(texts, it);
                    case BadInput it -> passOver(texts, it);
                    case Failure it -> throw new IllegalStateException(it.toString());
                });
    }

    private CompletionStage<Integer> store(List<Text> texts, Vectors answer) {
        var vectors = new ArrayList<Embeddings.Vector>();
        for (int i = 0; i < texts.size(); i++)
            vectors.add(new Embeddings.Vector(
                    texts.get(i).id(), texts.get(i).hash(), answer.vectors().get(i)));
        return embeddings.store(embedder.model().name(), vectors).thenApply(_ -> texts.size());
    }

    private CompletionStage<Integer> passOver(List<Text> texts, BadInput why) {
        int unfit = why.text().orElseThrow(() -> new IllegalStateException(why.toString()));
        var rest = new ArrayList<>(texts);
        rest.remove(unfit);
        return embeddings.markUnreadable(texts.get(unfit)).thenCompose(_ -> embed(rest));
    }
}
