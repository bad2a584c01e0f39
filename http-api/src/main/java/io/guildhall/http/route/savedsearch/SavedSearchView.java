package io.guildhall.http.route.savedsearch;

import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.Terms;
import io.guildhall.domain.savedsearch.Terms.PriceRange;
import java.util.List;
import java.util.Optional;

/** A search that you keep. */
public record SavedSearchView(
        String id,
        String name,
        Terms.Kind kind,
        String text,
        Optional<String> category,
        List<String> skills,
        Optional<PriceRange> price,
        Optional<Integer> deliveryDays,
        boolean alerts) {

    /** The earliest saved first. */
    public record All(List<SavedSearchView> items) {}

    static SavedSearchView of(SavedSearch search) {
        var it = search.terms();
        return new SavedSearchView(
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
