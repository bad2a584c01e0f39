package io.guildhall.ai.eval;

import static java.util.Objects.requireNonNull;

import io.guildhall.ai.port.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Embeds each text once, so that several evaluations of the same texts take the time of one. */
final class CachingEmbedder implements Embedder {
    private final Embedder embedder;
    private final Map<String, float[]> vectors = new ConcurrentHashMap<>();

    CachingEmbedder(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
        List<String> unknown =
                texts.stream().filter(text -> !vectors.containsKey(text)).toList();
        CompletionStage<Result> embedded = unknown.isEmpty()
                ? CompletableFuture.completedStage(new Vectors(List.of()))
                : embedder.embed(purpose, unknown);
        return embedded.thenApply(result -> switch (result) {
            case Failure failure -> failure;
            case Vectors(List<float[]> newVectors) -> {
                for (int i = 0; i < newVectors.size(); i++) vectors.put(unknown.get(i), newVectors.get(i));
                yield new Vectors(new ArrayList<>(texts.stream()
                        .map(text -> requireNonNull(vectors.get(text)).clone())
                        .toList()));
            }
        });
    }

    @Override
    public Model model() {
        return embedder.model();
    }

    @Override
    public int maxBatch() {
        return embedder.maxBatch();
    }

    @Override
    public void close() {
        embedder.close();
    }
}
