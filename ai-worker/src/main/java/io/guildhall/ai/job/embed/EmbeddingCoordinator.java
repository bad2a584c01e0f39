package io.guildhall.ai.job.embed;

import io.guildhall.background.LoopMonitor;
import io.guildhall.background.RetryDelays;
import io.guildhall.port.Embeddings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
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
 * Hands batches of pending documents to the workers that request them, once in the cluster. Stateless: the backlog is a
 * table, and batches that were handed out when the coordinator or a worker ended are handed out again.
 */
final class EmbeddingCoordinator extends AbstractBehavior<EmbeddingCoordinator.Message> {
    /** A poll costs one small query. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(30);
    /** Longer than a worker retries. After it, another worker gets the batch. */
    private static final Duration BATCH_TIMEOUT = Duration.ofMinutes(10);

    sealed interface Message {}

    private record WorkerReady(RequestNext<Batch> next) implements Message {}

    private record Poll() implements Message {}

    private record Register() implements Message {}

    private record Registered() implements Message {}

    private record PendingFound(List<String> ids) implements Message {}

    private record QueryFailed(Throwable cause) implements Message {}

    private record Activated() implements Message {}

    private record ActivationFailed(Throwable cause) implements Message {}

    private record BatchFinished(Batch batch) implements Message {}

    private final TimerScheduler<Message> timers;
    private final Embeddings embeddings;
    private final String model;
    private final LoopMonitor monitor;
    private final Set<String> handedOut = new HashSet<>();
    private final RetryDelays delays = new RetryDelays(POLL_INTERVAL, MAX_RETRY_DELAY);
    private Optional<RequestNext<Batch>> worker = Optional.empty();
    private boolean isQuerying = true;
    private boolean isRegistered;
    private boolean isActivated;

    /** @param model name of the model that embeds */
    static Behavior<Message> create(Embeddings embeddings, String model, LoopMonitor monitor) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new EmbeddingCoordinator(context, timers, embeddings, model, monitor)));
    }

    private EmbeddingCoordinator(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Embeddings embeddings,
            String model,
            LoopMonitor monitor) {
        super(context);
        this.timers = timers;
        this.embeddings = embeddings;
        this.model = model;
        this.monitor = monitor;
        var controller = context.spawn(
                WorkPullingProducerController.create(
                        Batch.class, "embedding-coordinator", EmbeddingWorker.KEY, Optional.empty()),
                "work");
        controller.tell(new WorkPullingProducerController.Start<>(
                context.messageAdapter(WorkPullingProducerController.requestNextClass(), WorkerReady::new)));
        register();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(WorkerReady.class, this::workerReady)
                .onMessage(Poll.class, _ -> poll())
                .onMessage(Register.class, _ -> register())
                .onMessage(Registered.class, _ -> registered())
                .onMessage(PendingFound.class, this::pendingFound)
                .onMessage(QueryFailed.class, this::queryFailed)
                .onMessage(Activated.class, _ -> this)
                .onMessage(ActivationFailed.class, this::activationFailed)
                .onMessage(BatchFinished.class, this::batchFinished)
                .build();
    }

    private Behavior<Message> register() {
        getContext()
                .pipeToSelf(
                        embeddings.register(model),
                        (_, failure) -> failure == null ? new Registered() : new QueryFailed(failure));
        return this;
    }

    private Behavior<Message> registered() {
        isRegistered = true;
        isQuerying = false;
        return poll();
    }

    private Behavior<Message> workerReady(WorkerReady message) {
        worker = Optional.of(message.next());
        return poll();
    }

    private Behavior<Message> poll() {
        if (isQuerying || worker.isEmpty()) return this;
        isQuerying = true;
        getContext()
                .pipeToSelf(
                        pending(List.copyOf(handedOut)),
                        (ids, failure) -> failure == null ? new PendingFound(ids) : new QueryFailed(failure));
        return this;
    }

    /** @param except a copy: the query runs on another thread */
    private CompletionStage<List<String>> pending(List<String> except) {
        return embeddings.retryParked(model).thenCompose(_ -> embeddings.pending(except, Batch.MAX_SIZE));
    }

    private Behavior<Message> pendingFound(PendingFound message) {
        isQuerying = false;
        delays.reset();
        monitor.succeeded();
        if (message.ids().isEmpty()) waitForWork();
        else handOut(new Batch(message.ids()));
        return this;
    }

    private void waitForWork() {
        timers.startSingleTimer(new Poll(), POLL_INTERVAL);
        if (isActivated || !handedOut.isEmpty()) return;
        isActivated = true;
        getContext()
                .pipeToSelf(
                        embeddings.activateIfComplete(model),
                        (_, failure) -> failure == null ? new Activated() : new ActivationFailed(failure));
    }

    private Behavior<Message> activationFailed(ActivationFailed message) {
        getContext().getLog().warn("Model {} was not activated; retrying after the next batch", model, message.cause());
        return this;
    }

    private void handOut(Batch batch) {
        isActivated = false;
        handedOut.addAll(batch.ids());
        var recipient = worker.orElseThrow().askNextTo();
        worker = Optional.empty();
        getContext()
                .ask(
                        Done.class,
                        recipient,
                        BATCH_TIMEOUT,
                        replyTo -> new MessageWithConfirmation<>(batch, replyTo),
                        (_, _) -> new BatchFinished(batch));
    }

    /** The batch was embedded or timed out. What is still pending is handed out again. */
    private Behavior<Message> batchFinished(BatchFinished message) {
        message.batch().ids().forEach(handedOut::remove);
        return poll();
    }

    private Behavior<Message> queryFailed(QueryFailed message) {
        monitor.failed(message.cause());
        if (isRegistered) {
            isQuerying = false;
            timers.startSingleTimer(new Poll(), delays.next());
        } else timers.startSingleTimer(new Register(), delays.next());
        return this;
    }
}
