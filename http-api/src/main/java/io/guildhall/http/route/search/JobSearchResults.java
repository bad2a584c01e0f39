package io.guildhall.http.route.search;

import io.guildhall.http.route.job.JobResource;
import io.guildhall.http.route.search.SearchService.Result;
import io.guildhall.projections.readmodel.job.JobRow;
import java.util.List;
import java.util.Optional;

/**
 * The best first.
 *
 * @param next the cursor of the following page; missing on the last
 */
public record JobSearchResults(List<Item> items, Optional<String> next, SearchInfo about) {
    public record Item(JobResource job, Optional<Relevance> why) {}

    static JobSearchResults of(Result<JobRow> result) {
        var items = result.items().stream()
                .map(it -> new Item(JobResource.of(it.row()), it.why()))
                .toList();
        return new JobSearchResults(items, result.next(), result.about());
    }
}
