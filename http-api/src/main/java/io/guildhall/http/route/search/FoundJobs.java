package io.guildhall.http.route.search;

import io.guildhall.http.route.job.JobView;
import io.guildhall.http.route.search.SearchEndpoints.Found;
import io.guildhall.projections.readmodel.JobRow;
import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.Optional;

/**
 * The best first.
 *
 * @param next the cursor of the following page; missing on the last
 * @param hint what to try where nothing was found
 */
public record FoundJobs(List<Item> items, Optional<String> next, Optional<String> hint) {
    public record Item(JobView job, Optional<Why> why) {}

    static FoundJobs of(Page<Found<JobRow>> page) {
        var items = page.items().stream()
                .flatMap(found -> found.row().stream().map(it -> new Item(JobView.of(it), found.why())))
                .toList();
        return new FoundJobs(items, page.next(), Hint.of(items));
    }
}
