package io.guildhall.ai.job.embed;

import io.guildhall.port.Embeddings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.delivery.WorkPullingProducerController;
import org.apache.pekko.actor.typed.delivery.WorkPullingProducerController.MessageWithConfirmation;
import org.apache.pekko.actor.typed.delivery.WorkPullingProducerController.RequestNext;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Hands what waits to be read to whichever node pulls it. One in the cluster. It keeps nothing: the backlog is a table, and what was handed
 * out when it or a reader died is handed out again.
 */
final class EmbeddingCoordinator extends AbstractBehavior<EmbeddingCoordinator.Message> {
    /** Idle, it looks so often; a look costs one small query. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Longer than a reader tries: then it goes to another. */
    private static final Duration READING = Duration.ofMinutes(10);

    sealed interface Message {}

    private record Asked(RequestNext<Batch> next) implements Message {}

    private record Look() implements Message {}

    private record Register() implements Message {}

    private record Registered() implements Message {}

    private record Found(List<String> ids) implements Message {}

    private record Failed(Throwable why) implements Message {}

    private record Read(Batch batch) implements Message {}

    private final TimerScheduler<Message> timers;
    private final Embeddings embeddings;
    private final String model;
    private final Set<String> handedOut = new HashSet<>();
    private Optional<RequestNext<Batch>> next = Optional.empty();
    private boolean isLooking = true;
    private boolean isRegistered;
    private boolean isSettled;
    private Duration pause = LOOK;

    /** @param model that reads, by its name */
    static Behavior<Message> create(Embeddings embeddings, String model) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new EmbeddingCoordinator(context, timers, embeddings, model)));
    }

    private EmbeddingCoordinator(
            ActorContext<Message> context, TimerScheduler<Message> timers, Embeddings embeddings, String model) {
        super(context);
        this.timers = timers;
        this.embeddings = embeddings;
        this.model = model;
        var controller = context.spawn(
                WorkPullingProducerController.create(Batch.class, "embed-desk", EmbeddingWorker.KEY, Optional.empty()),
                "work");
        controller.tell(new WorkPullingProducerController.Start<>(
                context.messageAdapter(WorkPullingProducerController.requestNextClass(), Asked::new)));
        register();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, this::asked)
                .onMessage(Look.class, _ -> look())
                .onMessage(Register.class, _ -> register())
                .onMessage(Registered.class, _ -> registered())
                .onMessage(Found.class, this::found)
                .onMessage(Failed.class, this::failed)
                .onMessage(Read.class, this::read)
                .build();
    }

    private Behavior<Message> register() {
        getContext()
                .pipeToSelf(embeddings.register(model), (_, why) -> why == null ? new Registered() : new Failed(why));
        return this;
    }

    private Behavior<Message> registered() {
        isRegistered = true;
        isLooking = false;
        return look();
    }

    private Behavior<Message> asked(Asked asked) {
        next = Optional.of(asked.next());
        return look();
    }

    private Behavior<Message> look() {
        if (isLooking || next.isEmpty()) return this;
        isLooking = true;
        getContext()
                .pipeToSelf(
                        embeddings.pending(handedOut, Batch.SIZE),
                        (ids, why) -> why == null ? new Found(ids) : new Failed(why));
        return this;
    }

    private Behavior<Message> found(Found found) {
        isLooking = false;
        pause = LOOK;
        if (found.ids().isEmpty()) rest();
        else handOut(new Batch(found.ids()));
        return this;
    }

    private void rest() {
        timers.startSingleTimer(new Look(), LOOK);
        if (isSettled || !handedOut.isEmpty()) return;
        isSettled = true;
        embeddings.activateIfComplete(model).whenComplete((_, why) -> {
            if (why != null) getContext().getLog().warn("that all is read could not be noted", why);
        });
    }

    private void handOut(Batch batch) {
        isSettled = false;
        handedOut.addAll(batch.ids());
        var to = next.orElseThrow().askNextTo();
        next = Optional.empty();
        getContext()
                .ask(
                        Done.class,
                        to,
                        READING,
                        replyTo -> new MessageWithConfirmation<>(batch, replyTo),
                        (_, _) -> new Read(batch));
    }

    private Behavior<Message> read(Read read) {
        read.batch().ids().forEach(handedOut::remove);
        return look();
    }

    private Behavior<Message> failed(Failed failed) {
        if (pause.equals(LOOK)) getContext().getLog().warn("the backlog cannot be read", failed.why());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        if (isRegistered) {
            isLooking = false;
            timers.startSingleTimer(new Look(), pause);
        } else timers.startSingleTimer(new Register(), pause);
        return this;
    }
}
