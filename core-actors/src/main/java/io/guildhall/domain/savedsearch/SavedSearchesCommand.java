package io.guildhall.domain.savedsearch;

import java.time.Instant;

/** Everything one may ask of an account's saved searches, whose entity has the account's identity. */
public sealed interface SavedSearchesCommand {
    record Save(SavedSearch search) implements SavedSearchesCommand {}

    /** Puts it in the place of the one with its identity. */
    record Change(SavedSearch search) implements SavedSearchesCommand {}

    record Remove(String searchId) implements SavedSearchesCommand {}

    /**
     * Something was found that is new and meets a search.
     *
     * @param title of what was found
     * @param listedAt when it could first be found, the same however often this is sent
     */
    record Match(String searchId, String documentId, String title, Instant listedAt) implements SavedSearchesCommand {}
}
