package io.guildhall.http.route.search;

import io.guildhall.http.route.search.SearchEndpoints.Found;
import io.guildhall.projections.readmodel.FreelancerRow;
import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.Optional;

/**
 * The best first.
 *
 * @param next the cursor of the following page; missing on the last
 * @param hint what to try where nothing was found
 */
public record FoundFreelancers(List<Item> items, Optional<String> next, Optional<String> hint) {
    public record Item(FreelancerRow freelancer, Optional<Why> why) {}

    static FoundFreelancers of(Page<Found<FreelancerRow>> page) {
        var items = page.items().stream()
                .flatMap(found -> found.row().stream().map(it -> new Item(it, found.why())))
                .toList();
        return new FoundFreelancers(items, page.next(), Hint.of(items));
    }
}
