package io.guildhall.ai.job.embed;

import io.guildhall.ai.job.Running;
import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Embeddings;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** Keeps the index in step with the documents, on the nodes with the role {@value Running#ROLE}. */
public final class Embedding {
    private Embedding() {}

    /** @param read told how many documents were read, each time some were */
    public static void run(ActorSystem<?> system, Embeddings embeddings, Embedder embedder, IntConsumer read) {
        if (!Running.isHere(system)) return;
        Running.alone(system, EmbedDesk.create(embeddings, embedder.model().name()), "embed-desk");
        system.systemActorOf(
                Running.restarting(EmbedWorker.create(embeddings, embedder, read)), "embed-worker", Props.empty());
    }
}
