package io.guildhall.http.route.search;

import io.guildhall.http.route.search.SearchService.Result;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import java.util.List;
import java.util.Optional;

/**
 * Freelancers that a search returns, best match first.
 *
 * @param next the cursor of the next page; absent on the last page
 */
public record FreelancerSearchResults(List<FreelancerSearchItem> items, Optional<String> next, SearchInfo info) {
    public record FreelancerSearchItem(FreelancerResource freelancer, Optional<Relevance> relevance) {}

    static FreelancerSearchResults of(Result<FreelancerRow> result) {
        var items = result.items().stream()
                .map(it -> new FreelancerSearchItem(FreelancerResource.fromRow(it.row()), it.relevance()))
                .toList();
        return new FreelancerSearchResults(items, result.next(), result.info());
    }
}
