package io.guildhall.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The vectors of all documents and the queue of documents that are still to be embedded. All operations are idempotent;
 * results for an outdated text are ignored.
 */
public interface Embeddings {

    /** The current text of a document. The hash changes whenever the text does. */
    record Text(String id, String hash, String content) {}

    /**
     * @param hash of the text that was embedded
     * @param vector of length one
     */
    record Vector(String id, String hash, float[] vector) {}

    /**
     * A document whose text a model has refused. It is tried again later, and immediately when its text changes; until then,
     * searches find it by words only.
     *
     * @param attempts number of refusals
     */
    record Parked(String id, String model, int attempts, Instant nextAt, String reason) {}

    /**
     * The documents that wait for a model, without the parked ones.
     *
     * @param oldest the time since which the oldest document has been waiting
     */
    record Waiting(long documents, Optional<Instant> oldest) {}

    /**
     * Adds a model. For a new model all documents are waiting; searches use it once it has embedded all of them.
     */
    CompletionStage<Void> register(String model);

    /**
     * Takes documents from the queue and returns their texts; an empty list if none is waiting. For a minute no other
     * call returns these documents. A caller that ends without having stored their vectors loses nothing: they are
     * returned again after it.
     *
     * <p>Documents of different owners come in turns: first one document of each owner, newest first, then the second of
     * each. So an owner of many documents does not delay the others.
     */
    CompletionStage<List<Text>> claim(String model, int limit);

    /** Returns documents to the queue that were claimed and not embedded. */
    CompletionStage<Void> release(String model, List<Text> texts);

    /**
     * Stores the vectors of documents that are still listed with the same text, and removes these documents from the
     * queue.
     */
    CompletionStage<Void> store(String model, List<Vector> vectors);

    /** Parks a document, unless its text has changed since. The pause before the next attempt doubles with each refusal. */
    CompletionStage<Void> park(String model, Text text, String reason);

    /** Makes parked documents waiting again, and returns how many. */
    CompletionStage<Long> retryParked();

    /** Returns parked documents, the next to be tried first. */
    CompletionStage<List<Parked>> parked(int limit);

    /** Returns the number of parked documents. */
    CompletionStage<Long> parkedCount();

    /**
     * If no document is waiting for the model, makes it the current one and deletes the vectors of all other models.
     * Otherwise does nothing.
     */
    CompletionStage<Void> activateIfComplete(String model);

    /**
     * Makes all documents waiting again. Searches use the existing vectors until they are replaced.
     *
     * @return the number of documents
     */
    CompletionStage<Long> reindexAll(String model);

    /** Returns how many documents are waiting. */
    CompletionStage<Waiting> waiting(String model);

    /** Returns the model that searches use; empty until the first model has embedded all documents. */
    CompletionStage<Optional<String>> currentModel();
}
