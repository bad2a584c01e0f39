package io.guildhall.http.route.search;

import io.guildhall.http.route.job.JobView;
import io.guildhall.http.route.search.Finder.Result;
import io.guildhall.projections.readmodel.JobRow;
import java.util.List;
import java.util.Optional;

/**
 * The best first.
 *
 * @param next the cursor of the following page; missing on the last
 */
public record FoundJobs(List<Item> items, Optional<String> next, About about) {
    public record Item(JobView job, Optional<Why> why) {}

    static FoundJobs of(Result<JobRow> result) {
        var items = result.items().stream()
                .map(it -> new Item(JobView.of(it.row()), it.why()))
                .toList();
        return new FoundJobs(items, result.next(), result.about());
    }
}
