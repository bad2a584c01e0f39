package io.guildhall.operate;

import io.guildhall.port.Embeddings;
import io.guildhall.port.Embeddings.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The lag of the search index: waiting documents, the age of the oldest one, and documents whose text the model
 * refuses.
 */
public final class IndexMetrics {
    private final InstantSource clock;
    private final AtomicLong pending;
    private final AtomicLong lagSeconds;
    private final AtomicLong parked;

    public IndexMetrics(MeterRegistry metrics, InstantSource clock) {
        this.clock = clock;
        this.pending = metrics.gauge("guildhall_embeddings_pending", new AtomicLong());
        this.lagSeconds = metrics.gauge("guildhall_embeddings_lag_seconds", new AtomicLong());
        this.parked = metrics.gauge("guildhall_embeddings_parked", new AtomicLong());
    }

    CompletionStage<Void> refresh(Embeddings embeddings, String model) {
        return embeddings.waiting(model).thenAcceptBoth(embeddings.parkedCount(), (waiting, count) -> {
            pending.set(waiting.documents());
            lagSeconds.set(lagSeconds(waiting));
            parked.set(count);
        });
    }

    /** The age of the oldest waiting document in seconds; zero if none is waiting. */
    long lagSeconds(Waiting waiting) {
        return waiting.oldest()
                .map(it -> Math.max(0, Duration.between(it, clock.instant()).toSeconds()))
                .orElse(0L);
    }
}
