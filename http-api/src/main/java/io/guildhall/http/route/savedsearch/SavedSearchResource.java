package io.guildhall.http.route.savedsearch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.guildhall.domain.savedsearch.SavedSearch;
import java.util.List;

/**
 * A saved search of the caller.
 *
 * @param fields its name and criteria
 */
public record SavedSearchResource(String id, @JsonUnwrapped SavedSearchFields fields) {

    /** Oldest first. */
    public record SavedSearchList(List<SavedSearchResource> items) {}

    static SavedSearchResource of(SavedSearch search) {
        return new SavedSearchResource(search.id(), SavedSearchFields.from(search));
    }
}
