package io.guildhall.http.route.savedsearch;

import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import java.util.List;
import java.util.Optional;

/** A saved search of the caller. */
public record SavedSearchResource(
        String id,
        String name,
        SearchCriteria.Kind kind,
        String text,
        Optional<String> category,
        List<String> skills,
        Optional<PriceRange> price,
        Optional<Integer> deliveryDays,
        boolean alerts) {

    /** Oldest first. */
    public record All(List<SavedSearchResource> items) {}

    static SavedSearchResource of(SavedSearch search) {
        var it = search.terms();
        return new SavedSearchResource(
                search.id(),
                search.name(),
                it.kind(),
                it.text(),
                it.category(),
                it.skills(),
                it.price(),
                it.deliveryDays(),
                search.alerts());
    }
}
