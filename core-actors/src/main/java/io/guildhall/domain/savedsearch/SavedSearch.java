package io.guildhall.domain.savedsearch;

import io.guildhall.kernel.Personal;

/**
 * A search that a user has saved.
 *
 * @param name chosen by the user
 * @param terms the criteria
 * @param alerts whether the user is notified of new results
 */
public record SavedSearch(String id, @Personal String name, SearchCriteria terms, boolean alerts) {
    SavedSearch withName(String newName) {
        return new SavedSearch(id, newName, terms, alerts);
    }
}
