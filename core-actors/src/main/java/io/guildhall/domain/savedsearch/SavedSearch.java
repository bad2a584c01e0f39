package io.guildhall.domain.savedsearch;

/**
 * A search that somebody keeps.
 *
 * @param name for its saver to know it by
 * @param alerts whether its saver is told of what is new
 */
public record SavedSearch(String id, String name, SearchCriteria terms, boolean alerts) {
    SavedSearch named(String other) {
        return new SavedSearch(id, other, terms, alerts);
    }
}
