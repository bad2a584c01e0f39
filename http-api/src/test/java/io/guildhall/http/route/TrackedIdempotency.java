package io.guildhall.http.route;

import io.guildhall.Await;
import io.guildhall.port.IdempotencyStore;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Lets a test wait until responses are stored: a response is sent before, and the store has it in memory until then. */
record TrackedIdempotency(IdempotencyStore store, Queue<CompletionStage<Void>> writes) implements IdempotencyStore {
    TrackedIdempotency(IdempotencyStore store) {
        this(store, new ConcurrentLinkedQueue<>());
    }

    /** Waits for all responses that were sent before. */
    void awaitStored() {
        for (var write = writes.poll(); write != null; write = writes.poll()) {
            var _ = Await.result(write);
        }
    }

    @Override
    public CompletionStage<Claim> claim(Request request) {
        return store.claim(request);
    }

    @Override
    public CompletionStage<Void> complete(Request request, StoredResponse response) {
        var write = store.complete(request, response);
        writes.add(write);
        return write;
    }

    @Override
    public CompletionStage<Void> release(Claim.Granted claim) {
        return store.release(claim);
    }
}
