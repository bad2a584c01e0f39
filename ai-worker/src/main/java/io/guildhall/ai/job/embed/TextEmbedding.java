package io.guildhall.ai.job.embed;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.port.Embedder.Failure;
import io.guildhall.ai.port.Embedder.InvalidInput;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Rejected;
import io.guildhall.ai.port.Embedder.Vectors;
import io.guildhall.port.Embeddings;
import io.guildhall.port.Embeddings.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Embeds the texts of a batch and stores their vectors. A batch that the model refuses is halved until the texts that it
 * refuses are found. They are parked if the model embeds another text at that time; if not, the fault is the model's
 * and the batch fails.
 */
final class TextEmbedding {
    private static final String PROBE = "A test of the model.";
    /** Bad request, too large, not processable. */
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    private final Embeddings embeddings;
    private final Embedder embedder;

    TextEmbedding(Embeddings embeddings, Embedder embedder) {
        this.embeddings = embeddings;
        this.embedder = embedder;
    }

    /**
     * Returns the number of documents that were embedded. Fails if the model is unavailable.
     *
     * @param splitsOnAnyFailure whether every failure can have a text as its cause, as after many failures of the batch;
     *     otherwise only a refusal
     */
    CompletionStage<Integer> embed(List<Text> texts, boolean splitsOnAnyFailure) {
        if (texts.isEmpty()) return completedFuture(0);
        return embedder.embed(
                        Purpose.DOCUMENT, texts.stream().map(Text::content).toList())
                .thenCompose(result -> switch (result) {
                    case Vectors it -> store(texts, it);
                    case InvalidInput it -> parkInvalid(texts, it, splitsOnAnyFailure);
                    case Failure it when splitsOnAnyFailure || isRefusal(it) -> split(texts, it, splitsOnAnyFailure);
                    case Failure it -> throw new IllegalStateException(it.toString());
                });
    }

    /** The other client errors say that the key, the model or the address is wrong. */
    private static boolean isRefusal(Failure failure) {
        return failure instanceof Rejected it && REFUSALS.contains(it.status());
    }

    private CompletionStage<Integer> split(List<Text> texts, Failure failure, boolean splitsOnAnyFailure) {
        if (texts.size() == 1) return park(texts.getFirst(), failure);
        int half = texts.size() / 2;
        return embed(texts.subList(0, half), splitsOnAnyFailure)
                .thenCompose(first -> embed(texts.subList(half, texts.size()), splitsOnAnyFailure)
                        .thenApply(second -> first + second));
    }

    private CompletionStage<Integer> park(Text text, Failure failure) {
        return embedder.embed(Purpose.DOCUMENT, List.of(PROBE)).thenCompose(result -> switch (result) {
            case Vectors _ ->
                embeddings
                        .park(embedder.model().name(), text, failure.toString())
                        .thenApply(_ -> 0);
            case Failure _ -> throw new IllegalStateException(failure.toString());
        });
    }

    private CompletionStage<Integer> store(List<Text> texts, Vectors result) {
        var vectors = new ArrayList<Embeddings.Vector>();
        for (int i = 0; i < texts.size(); i++)
            vectors.add(new Embeddings.Vector(
                    texts.get(i).id(), texts.get(i).hash(), result.vectors().get(i)));
        return embeddings.store(embedder.model().name(), vectors).thenApply(_ -> texts.size());
    }

    /** A text that no model can embed, such as a blank one. */
    private CompletionStage<Integer> parkInvalid(List<Text> texts, InvalidInput failure, boolean splitsOnAnyFailure) {
        int invalid = failure.index().orElseThrow(() -> new IllegalStateException(failure.toString()));
        var others = new ArrayList<>(texts);
        others.remove(invalid);
        return embeddings
                .park(embedder.model().name(), texts.get(invalid), "the text contains no letters, digits or symbols")
                .thenCompose(_ -> embed(others, splitsOnAnyFailure));
    }
}
