package io.guildhall.ai.job.embed;

import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Embeddings;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Embeds documents, a batch in each run: claims them from the queue, which all nodes share, and stores their vectors. If
 * that fails, it returns them to the queue. A text that the model refuses is parked, and the others of its batch are
 * embedded. Used by one thread.
 */
final class EmbeddingWorker {
    /** Small, so that a query does not wait long behind a batch of documents. */
    private static final int BATCH = 16;
    /** A poll costs one small query. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    /** After this number of consecutive failures, about half a minute, a batch is searched for a text that causes them. */
    private static final int SPLIT_AFTER = 8;
    /** The pause after a batch while requests wait, as a multiple of the batch's duration. */
    private static final int YIELD_FACTOR = 3;
    /** For a batch, whose calls to the database and to the model have their own, shorter timeouts. */
    private static final Duration BATCH_TIMEOUT = Duration.ofMinutes(10);

    private final Embeddings embeddings;
    private final String model;
    private final TextEmbedding texts;
    private final IntConsumer onEmbedded;
    private final BooleanSupplier areRequestsWaiting;
    private boolean isRegistered;
    /** Whether the model was activated after the last batch, if that was possible. */
    private boolean isActivated;

    private int failures;

    /**
     * @param onEmbedded called with the number of documents that a batch has embedded
     * @param areRequestsWaiting whether this node has more requests than processors
     */
    EmbeddingWorker(
            Embeddings embeddings, Embedder embedder, IntConsumer onEmbedded, BooleanSupplier areRequestsWaiting) {
        this.embeddings = embeddings;
        this.model = embedder.model().name();
        this.texts = new TextEmbedding(embeddings, embedder);
        this.onEmbedded = onEmbedded;
        this.areRequestsWaiting = areRequestsWaiting;
    }

    /** Embeds a batch. Fails if the model is unavailable. */
    Duration run() throws Exception {
        if (!isRegistered) await(embeddings.register(model));
        isRegistered = true;
        var batch = await(embeddings.claim(model, BATCH));
        if (batch.isEmpty()) {
            if (!isActivated) await(embeddings.activateIfComplete(model));
            isActivated = true;
            return POLL_INTERVAL;
        }
        isActivated = false;
        long started = System.nanoTime();
        try {
            onEmbedded.accept(await(texts.embed(batch, failures >= SPLIT_AFTER)));
        } catch (Exception | Error e) {
            failures++;
            // Not awaited: if it fails too, the documents are claimed again after a minute.
            var _ = embeddings.release(model, batch);
            throw e;
        }
        failures = 0;
        return areRequestsWaiting.getAsBoolean()
                ? Duration.ofNanos(System.nanoTime() - started).multipliedBy(YIELD_FACTOR)
                : Duration.ZERO;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(BATCH_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
