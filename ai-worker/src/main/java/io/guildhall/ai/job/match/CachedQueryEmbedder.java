package io.guildhall.ai.job.match;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.InvalidInput;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Result;
import io.guildhall.ai.port.Embedder.Vectors;
import io.guildhall.port.Embeddings;
import io.guildhall.port.QueryEmbedder;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.pattern.CircuitBreaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embeds search texts with this node's model if it is the current model of the index, and caches the vectors of the
 * last {@value #MAX_CACHED} texts. After several failures in a row it reports immediately that no model is available, and
 * tries one text from time to time.
 */
public final class CachedQueryEmbedder implements QueryEmbedder {
    private static final Logger LOG = LoggerFactory.getLogger(CachedQueryEmbedder.class);
    private static final int MAX_CACHED = 2_000;
    /** So many failures in a row open the circuit breaker: texts are not embedded until one succeeds after a pause. */
    private static final int MAX_FAILURES = 3;
    /** Longer than the timeouts of the models. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** How long the circuit breaker stays open before one text is tried again. */
    public static final Duration RESET_TIMEOUT = Duration.ofSeconds(10);

    private static final BiFunction<Optional<Result>, Optional<Throwable>, Boolean> FAILS = CachedQueryEmbedder::fails;

    private final Embeddings embeddings;
    private final Embedder embedder;
    private final CircuitBreaker breaker;
    private final Map<String, float[]> cache = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > MAX_CACHED;
        }
    });

    /** @param scheduler of the node; runs the timers of the circuit breaker */
    public CachedQueryEmbedder(Embeddings embeddings, Embedder embedder, Scheduler scheduler, Duration resetTimeout) {
        this.embeddings = embeddings;
        this.embedder = embedder;
        this.breaker = CircuitBreaker.create(scheduler, MAX_FAILURES, CALL_TIMEOUT, resetTimeout)
                .addOnOpenListener(() -> LOG.warn(
                        "Search texts cannot be embedded; searching by words only and trying again in {} s",
                        resetTimeout.toSeconds()))
                .addOnCloseListener(() -> LOG.info("Search texts are embedded again"));
    }

    @Override
    public CompletionStage<QueryEmbedding> embed(String text) {
        return embeddings
                .currentModel()
                .thenCompose(current -> current.filter(embedder.model().name()::equals)
                        .map(_ -> embedding(text))
                        .orElseGet(() -> completedFuture(QueryEmbedding.DEGRADED)))
                .exceptionally(failure -> {
                    LOG.debug("Searching by words only", failure);
                    return QueryEmbedding.DEGRADED;
                });
    }

    private CompletionStage<QueryEmbedding> embedding(String text) {
        var known = cache.get(text);
        if (known != null) return completedFuture(embedding(known));
        return breaker.callWithCircuitBreakerCS(() -> embedder.embed(Purpose.QUERY, List.of(text)), FAILS)
                .thenApply(result -> switch (result) {
                    case Vectors it -> {
                        cache.put(text, it.vectors().getFirst());
                        yield embedding(it.vectors().getFirst());
                    }
                    case InvalidInput _ -> new QueryEmbedding(Optional.empty(), false);
                    case Failure it -> {
                        LOG.debug("Searching by words only: {}", it);
                        yield QueryEmbedding.DEGRADED;
                    }
                });
    }

    private QueryEmbedding embedding(float[] vector) {
        return new QueryEmbedding(Optional.of(new QueryVector(embedder.model().name(), vector)), false);
    }

    /** Whether a result or an exception says that the model does not work. A text without letters does not. */
    private static boolean fails(Optional<Result> result, Optional<Throwable> failure) {
        return failure.isPresent()
                || result.filter(it -> it instanceof Failure && !(it instanceof InvalidInput))
                        .isPresent();
    }
}
