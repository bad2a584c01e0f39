package io.guildhall.domain.savedsearch;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of an account's saved searches, stored permanently: add new ones, never change existing ones. */
public sealed interface SavedSearchesEvent extends Journalled {
    Instant at();

    /** The owner saves, edits or removes a search. */
    sealed interface EditEvent extends SavedSearchesEvent {}

    @JournalName("saved-searches.saved")
    record Saved(SavedSearch search, Instant at) implements EditEvent {}

    @JournalName("saved-searches.renamed")
    record Renamed(String searchId, @Personal String name, Instant at) implements EditEvent {}

    /** The criteria were edited, or alerts were switched on or off. */
    @JournalName("saved-searches.changed")
    record Changed(SavedSearch search, Instant at) implements EditEvent {}

    @JournalName("saved-searches.removed")
    record Removed(String searchId, Instant at) implements EditEvent {}

    /**
     * A new document matches the search, and the user is to be notified.
     *
     * @param name of the search
     * @param title of the document
     * @param ownerId of the document; the oldest events do not have it
     * @param listedAt when the document was first listed
     */
    @JournalName("saved-searches.matched")
    record Matched(
            String searchId,
            @Personal String name,
            SearchCriteria.Kind kind,
            String documentId,
            @Personal(of = "ownerId") String title,
            Optional<String> ownerId,
            Instant listedAt,
            Instant at)
            implements SavedSearchesEvent {}
}
