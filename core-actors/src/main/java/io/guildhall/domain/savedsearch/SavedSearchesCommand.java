package io.guildhall.domain.savedsearch;

import java.time.Instant;
import java.util.Optional;

/** Commands that the saved searches of an account accept. Their entity has the identity of the account. */
public sealed interface SavedSearchesCommand {
    record Save(SavedSearch search) implements SavedSearchesCommand {}

    /** Replaces the search with the same id. */
    record Change(SavedSearch search) implements SavedSearchesCommand {}

    record Remove(String searchId) implements SavedSearchesCommand {}

    /**
     * A new document matches a search.
     *
     * @param title of the document
     * @param ownerId of the document; nodes of the previous version do not send it
     * @param listedAt when the document was first listed; the same in each repetition of this command
     */
    record Match(String searchId, String documentId, String title, Optional<String> ownerId, Instant listedAt)
            implements SavedSearchesCommand {}
}
