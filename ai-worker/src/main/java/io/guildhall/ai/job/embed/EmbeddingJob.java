package io.guildhall.ai.job.embed;

import io.guildhall.ai.job.JobRunner;
import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Embeddings;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** Keeps the index in step with the documents, on the nodes with the role {@value JobRunner#ROLE}. */
public final class EmbeddingJob {
    private EmbeddingJob() {}

    /** @param read told how many documents were read, each time some were */
    public static void run(ActorSystem<?> system, Embeddings embeddings, Embedder embedder, IntConsumer read) {
        if (!JobRunner.isHere(system)) return;
        JobRunner.alone(
                system, EmbeddingCoordinator.create(embeddings, embedder.model().name()), "embed-desk");
        system.systemActorOf(
                JobRunner.restarting(EmbeddingWorker.create(embeddings, embedder, read)),
                "embed-worker",
                Props.empty());
    }
}
