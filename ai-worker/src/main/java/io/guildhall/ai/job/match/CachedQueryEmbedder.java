package io.guildhall.ai.job.match;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Vectors;
import io.guildhall.port.Embeddings;
import io.guildhall.port.QueryEmbedder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embeds search texts with this node's model if it is the current model of the index, and caches the vectors of the
 * last {@value #MAX_CACHED} texts.
 */
public final class CachedQueryEmbedder implements QueryEmbedder {
    private static final Logger LOG = LoggerFactory.getLogger(CachedQueryEmbedder.class);
    private static final int MAX_CACHED = 2_000;

    private final Embeddings embeddings;
    private final Embedder embedder;
    private final Map<String, float[]> cache = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > MAX_CACHED;
        }
    });

    public CachedQueryEmbedder(Embeddings embeddings, Embedder embedder) {
        this.embeddings = embeddings;
        this.embedder = embedder;
    }

    @Override
    public CompletionStage<Optional<QueryVector>> embed(String text) {
        return embeddings
                .currentModel()
                .thenCompose(current -> current.filter(embedder.model().name()::equals)
                        .map(_ -> vector(text))
                        .orElseGet(() -> completedFuture(Optional.empty())))
                .thenApply(vector ->
                        vector.map(it -> new QueryVector(embedder.model().name(), it)))
                .exceptionally(failure -> {
                    LOG.warn("A search text cannot be embedded; searching by words only", failure);
                    return Optional.empty();
                });
    }

    private CompletionStage<Optional<float[]>> vector(String text) {
        var known = cache.get(text);
        if (known != null) return completedFuture(Optional.of(known));
        return embedder.embed(Purpose.QUERY, List.of(text)).thenApply(result -> switch (result) {
            case Vectors it -> {
                cache.put(text, it.vectors().getFirst());
                yield Optional.of(it.vectors().getFirst());
            }
            case Failure it -> {
                LOG.debug("Searching by words only: {}", it);
                yield Optional.empty();
            }
        });
    }
}
