package io.guildhall.ai.adapter.local;

import io.guildhall.ai.port.Embedder.Purpose;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** One text's turn at the model: queries before documents, else first come, first served. Not taken where nobody waits any more. */
record EmbeddingRequest(Purpose purpose, long arrival, Callable<float[]> work, CompletableFuture<float[]> vector)
        implements Runnable, Comparable<EmbeddingRequest> {
    @Override
    public void run() {
        if (vector.isDone()) return;
        try {
            vector.complete(work.call());
        } catch (Exception | LinkageError e) {
            vector.completeExceptionally(e);
        }
    }

    @Override
    public int compareTo(EmbeddingRequest other) {
        int urgency = purpose.compareTo(other.purpose);
        return urgency != 0 ? urgency : Long.compare(arrival, other.arrival);
    }
}
