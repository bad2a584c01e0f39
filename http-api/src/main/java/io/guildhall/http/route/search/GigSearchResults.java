package io.guildhall.http.route.search;

import io.guildhall.http.route.gig.GigResource;
import io.guildhall.http.route.search.SearchService.Result;
import io.guildhall.projections.readmodel.gig.GigRow;
import java.util.List;
import java.util.Optional;

/**
 * The best first.
 *
 * @param next the cursor of the following page; missing on the last
 */
public record GigSearchResults(List<Item> items, Optional<String> next, SearchInfo about) {
    public record Item(GigResource gig, Optional<Relevance> why) {}

    static GigSearchResults of(Result<GigRow> result) {
        var items = result.items().stream()
                .map(it -> new Item(GigResource.of(it.row()), it.why()))
                .toList();
        return new GigSearchResults(items, result.next(), result.about());
    }
}
