package io.guildhall.domain.savedsearch;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of an account's saved searches. They stay in the journal for ever: add new ones, never change these. */
public sealed interface SavedSearchesEvent extends Journalled {
    Instant at();

    /** The owner saves, edits or removes a search. */
    sealed interface EditEvent extends SavedSearchesEvent {}

    @JournalName("saved-searches.saved")
    record Saved(SavedSearch search, Instant at) implements EditEvent {}

    @JournalName("saved-searches.renamed")
    record Renamed(String searchId, String name, Instant at) implements EditEvent {}

    /** It looks for something else from now on, or tells of it from now on, or no more. */
    @JournalName("saved-searches.changed")
    record Changed(SavedSearch search, Instant at) implements EditEvent {}

    @JournalName("saved-searches.removed")
    record Removed(String searchId, Instant at) implements EditEvent {}

    /**
     * Its saver is to be told.
     *
     * @param name of the search
     * @param title of what was found
     * @param listedAt when it could first be found
     */
    @JournalName("saved-searches.matched")
    record Matched(
            String searchId,
            String name,
            SearchCriteria.Kind kind,
            String documentId,
            String title,
            Instant listedAt,
            Instant at)
            implements SavedSearchesEvent {}
}
