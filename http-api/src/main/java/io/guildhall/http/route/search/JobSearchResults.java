package io.guildhall.http.route.search;

import io.guildhall.http.route.job.JobResource;
import io.guildhall.http.route.search.SearchService.Result;
import io.guildhall.projections.readmodel.job.JobRow;
import java.util.List;
import java.util.Optional;

/**
 * Open jobs that a search returns, best match first.
 *
 * @param next the cursor of the next page; absent on the last page
 */
public record JobSearchResults(List<JobSearchItem> items, Optional<String> next, SearchInfo info) {
    public record JobSearchItem(JobResource job, Optional<Relevance> relevance) {}

    static JobSearchResults of(Result<JobRow> result) {
        var items = result.items().stream()
                .map(it -> new JobSearchItem(JobResource.fromRow(it.row()), it.relevance()))
                .toList();
        return new JobSearchResults(items, result.next(), result.info());
    }
}
