package io.guildhall.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Finds the saved searches that new documents match.
 *
 * <p>A document is new once in its life: when its vector is stored for the first time after it was listed. Editing or
 * listing it again does not make it new again. It is compared with the searches that were saved, or last changed,
 * before it was listed. All operations are idempotent.
 */
public interface Alerts {

    /** A saved search that the registered model has not embedded yet, with text and skills as the user wrote them. */
    record PendingSearch(String searchId, Instant since, String text, List<String> skills) {}

    /**
     * @param vector of length one; empty if the search has no text or the model cannot embed it. Then a document must
     *     contain all its words
     * @param skills for each required skill, all its spellings
     */
    record EmbeddedSearch(PendingSearch search, Optional<float[]> vector, List<Set<String>> skills) {}

    /** Documents or searches that are compared together. */
    sealed interface Batch {
        List<String> ids();

        /** New documents, to be compared with every search. */
        record Documents(List<String> ids) implements Batch {}

        /** Newly embedded searches, to be compared with every document that was listed since they were saved. */
        record Searches(List<String> ids) implements Batch {}
    }

    /**
     * @param accountId of the search
     * @param ownerId of the document
     * @param listedAt when the document was first listed; the same each time the match is found
     */
    record Match(
            String accountId, String searchId, String documentId, String title, String ownerId, Instant listedAt) {}

    /** Sets the model that embeds searches. Searches that another model has embedded become pending again. */
    CompletionStage<Void> register(String model);

    /** Returns pending searches in random order, so that one that cannot be embedded does not block the others. */
    CompletionStage<List<PendingSearch>> pendingSearches(int limit);

    /** Stores embedded searches. A search that was changed in the meantime is skipped and stays pending. */
    CompletionStage<Void> storeSearches(String model, List<EmbeddedSearch> searches);

    /**
     * Returns the next batch to compare, or empty if there is none. A document that was unlisted before it was compared
     * is new when it is listed again.
     */
    CompletionStage<Optional<Batch>> nextBatch(String model, int limit);

    /**
     * Returns matches of a batch in a stable order, starting after the given one. A user's own documents never match.
     */
    CompletionStage<List<Match>> matches(String model, Batch batch, Optional<Match> after, int limit);

    /** Records that all matches of a batch were sent. The batch is not returned again. */
    CompletionStage<Void> markCompared(Batch batch);
}
