package io.guildhall.ai.job.embed;

import io.guildhall.ai.job.JobRunner;
import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Embeddings;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** Embeds pending documents on the nodes with the role {@value JobRunner#ROLE}. */
public final class EmbeddingJob {
    private EmbeddingJob() {}

    /** @param onEmbedded called with the number of documents each time some were embedded */
    public static void start(ActorSystem<?> system, Embeddings embeddings, Embedder embedder, IntConsumer onEmbedded) {
        if (!JobRunner.isAiNode(system)) return;
        JobRunner.startSingleton(
                system, EmbeddingCoordinator.create(embeddings, embedder.model().name()), "embedding-coordinator");
        system.systemActorOf(
                JobRunner.restartOnFailure(EmbeddingWorker.create(embeddings, embedder, onEmbedded)),
                "embedding-worker",
                Props.empty());
    }
}
