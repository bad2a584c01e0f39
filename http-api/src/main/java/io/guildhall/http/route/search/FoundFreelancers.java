package io.guildhall.http.route.search;

import io.guildhall.http.route.search.Finder.Result;
import io.guildhall.projections.readmodel.FreelancerRow;
import java.util.List;
import java.util.Optional;

/**
 * The best first.
 *
 * @param next the cursor of the following page; missing on the last
 */
public record FoundFreelancers(List<Item> items, Optional<String> next, About about) {
    public record Item(FreelancerRow freelancer, Optional<Why> why) {}

    static FoundFreelancers of(Result<FreelancerRow> result) {
        var items =
                result.items().stream().map(it -> new Item(it.row(), it.why())).toList();
        return new FoundFreelancers(items, result.next(), result.about());
    }
}
