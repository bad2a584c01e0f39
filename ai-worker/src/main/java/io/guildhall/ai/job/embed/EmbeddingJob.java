package io.guildhall.ai.job.embed;

import io.guildhall.ai.port.Embedder;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.port.Embeddings;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Embeds waiting documents. */
public final class EmbeddingJob {
    private EmbeddingJob() {}

    /**
     * Starts the loop of this node. Close it before the model and the database.
     *
     * @param onEmbedded called with the number of documents each time some were embedded
     * @param areRequestsWaiting whether this node has more requests than processors: then the loop pauses after each batch
     */
    public static BackgroundLoop start(
            BackgroundLoops loops,
            Embeddings embeddings,
            Embedder embedder,
            IntConsumer onEmbedded,
            BooleanSupplier areRequestsWaiting) {
        return loops.start("embedding", new EmbeddingWorker(embeddings, embedder, onEmbedded, areRequestsWaiting)::run);
    }
}
