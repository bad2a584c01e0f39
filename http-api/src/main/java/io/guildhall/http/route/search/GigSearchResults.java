package io.guildhall.http.route.search;

import io.guildhall.http.route.gig.GigResource;
import io.guildhall.http.route.search.SearchService.Result;
import io.guildhall.projections.readmodel.gig.GigRow;
import java.util.List;
import java.util.Optional;

/**
 * Active gigs that a search returns, best match first.
 *
 * @param next the cursor of the next page; absent on the last page
 */
public record GigSearchResults(List<GigSearchItem> items, Optional<String> next, SearchInfo info) {
    public record GigSearchItem(GigResource gig, Optional<Relevance> relevance) {}

    static GigSearchResults of(Result<GigRow> result) {
        var items = result.items().stream()
                .map(it -> new GigSearchItem(GigResource.fromRow(it.row()), it.relevance()))
                .toList();
        return new GigSearchResults(items, result.next(), result.info());
    }
}
