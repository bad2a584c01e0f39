package io.guildhall.ai.job.embed;

import io.guildhall.ai.job.JobRunner;
import io.guildhall.ai.port.Embedder;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.port.Embeddings;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** Embeds pending documents on the nodes with the role {@value JobRunner#ROLE}. */
public final class EmbeddingJob {
    private EmbeddingJob() {}

    /** @param onEmbedded called with the number of documents each time some were embedded */
    public static void start(
            ActorSystem<?> system,
            BackgroundLoops loops,
            Embeddings embeddings,
            Embedder embedder,
            IntConsumer onEmbedded) {
        if (!JobRunner.isAiNode(system)) return;
        var coordinatorMonitor = loops.monitor("embedding-coordinator");
        var coordinator =
                EmbeddingCoordinator.create(embeddings, embedder.model().name(), coordinatorMonitor);
        JobRunner.startSingleton(
                system, JobRunner.restartOnFailure(coordinator, coordinatorMonitor), "embedding-coordinator");
        var workerMonitor = loops.monitor("embedding-worker");
        var worker = EmbeddingWorker.create(embeddings, embedder, onEmbedded, workerMonitor);
        system.systemActorOf(JobRunner.restartOnFailure(worker, workerMonitor), "embedding-worker", Props.empty());
    }
}
