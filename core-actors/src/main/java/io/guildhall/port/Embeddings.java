package io.guildhall.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The vectors of all documents and the backlog of documents that are still to be embedded. All operations are
 * idempotent; results for an outdated text are ignored.
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
     * Sets the model that embeds pending documents. For a new model all documents are pending; searches use it once it
     * has embedded all of them.
     */
    CompletionStage<Void> register(String model);

    /**
     * A document whose text a model has refused. It is tried again later, and at once when its text changes; until then,
     * searches find it by words only.
     *
     * @param attempts number of refusals
     */
    record Parked(String id, String model, int attempts, Instant nextAt, String reason) {}

    /**
     * Returns the ids of pending documents, those of different owners in turns: first one document of each owner, newest
     * first, then the second of each. So an owner of many documents does not delay the others.
     */
    CompletionStage<List<String>> pending(Collection<String> except, int limit);

    /**
     * Returns the texts of those documents that the model has not embedded in their current version. The other
     * documents leave the backlog.
     */
    CompletionStage<List<Text>> textsToEmbed(String model, List<String> ids);

    /**
     * Stores the vectors of documents that are still listed with the same text, and removes these documents from the
     * backlog.
     */
    CompletionStage<Void> store(String model, List<Vector> vectors);

    /** Removes a document from the backlog because no model can embed its text. Searches find it by words only. */
    CompletionStage<Void> markUnreadable(Text text);

    /** Moves a document from the backlog to the parked ones, unless its text has changed since. */
    CompletionStage<Void> park(String model, Text text, String reason);

    /** Makes one parked document whose next attempt is due pending again. */
    CompletionStage<Void> retryParked(String model);

    /** Returns parked documents, the next to be tried first. */
    CompletionStage<List<Parked>> parked(int limit);

    /** Returns the number of parked documents. */
    CompletionStage<Long> parkedCount();

    /**
     * If no document is pending, makes the model the current one and deletes the vectors of all other models. Otherwise
     * does nothing.
     */
    CompletionStage<Void> activateIfComplete(String model);

    /**
     * Makes all documents pending again. Searches use the existing vectors until they are replaced.
     *
     * @return the number of documents
     */
    CompletionStage<Long> reindexAll(String model);

    /** Returns the number of pending documents. */
    CompletionStage<Long> pendingCount();

    /** Returns the model that searches use; empty until the first model has embedded all documents. */
    CompletionStage<Optional<String>> currentModel();
}
