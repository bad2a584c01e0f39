package io.guildhall.http.route.search;

import io.guildhall.http.route.search.SearchService.Result;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import java.util.List;
import java.util.Optional;

/**
 * The best first.
 *
 * @param next the cursor of the following page; missing on the last
 */
public record FreelancerSearchResults(List<Item> items, Optional<String> next, SearchInfo about) {
    public record Item(FreelancerRow freelancer, Optional<Relevance> why) {}

    static FreelancerSearchResults of(Result<FreelancerRow> result) {
        var items =
                result.items().stream().map(it -> new Item(it.row(), it.why())).toList();
        return new FreelancerSearchResults(items, result.next(), result.about());
    }
}
