package io.guildhall.http.route.search;

import io.guildhall.http.route.gig.GigView;
import io.guildhall.http.route.search.Finder.Result;
import io.guildhall.projections.readmodel.GigRow;
import java.util.List;
import java.util.Optional;

/**
 * The best first.
 *
 * @param next the cursor of the following page; missing on the last
 */
public record FoundGigs(List<Item> items, Optional<String> next, About about) {
    public record Item(GigView gig, Optional<Why> why) {}

    static FoundGigs of(Result<GigRow> result) {
        var items = result.items().stream()
                .map(it -> new Item(GigView.of(it.row()), it.why()))
                .toList();
        return new FoundGigs(items, result.next(), result.about());
    }
}
