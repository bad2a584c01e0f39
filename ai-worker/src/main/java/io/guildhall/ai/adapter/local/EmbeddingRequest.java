package io.guildhall.ai.adapter.local;

import io.guildhall.ai.port.Embedder.Purpose;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A text that waits for the model. The purposes are served in their order, and the texts of one purpose in the order
 * of arrival. Skipped if cancelled.
 */
record EmbeddingRequest(Purpose purpose, long sequence, Callable<float[]> work, CompletableFuture<float[]> vector)
        implements Runnable, Comparable<EmbeddingRequest> {
    @Override
    public void run() {
        if (vector.isDone()) return;
        try {
            vector.complete(work.call());
        } catch (Throwable e) {
            vector.completeExceptionally(e);
        }
    }

    @Override
    public int compareTo(EmbeddingRequest other) {
        int byPurpose = purpose.compareTo(other.purpose);
        return byPurpose != 0 ? byPurpose : Long.compare(sequence, other.sequence);
    }
}
