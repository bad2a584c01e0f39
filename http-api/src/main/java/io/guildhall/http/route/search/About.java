package io.guildhall.http.route.search;

import io.guildhall.port.Queries.Understood;
import io.guildhall.projections.readmodel.Facets;
import io.guildhall.projections.readmodel.Search.Offered;
import java.util.List;
import java.util.Optional;

/**
 * How a search was understood, and how what it found divides.
 *
 * @param readAs the query as it was taken, where something seemed mistyped
 * @param skills that the query names, or that you offer
 * @param byMeaning whether meanings were compared, and not words alone
 * @param facets where they were asked for, on the first page
 * @param hint what to try where nothing was found
 */
public record About(
        Optional<String> readAs,
        List<String> skills,
        boolean byMeaning,
        Optional<Facets> facets,
        Optional<String> hint) {
    private static final String NOTHING_LISTED = "There is nothing here now that passes the filters: leave one out.";
    private static final String NOTHING_FITS =
            "Nothing fits. Say it in other or fewer words, name a skill such as \"web design\", or leave out a filter.";

    private static final String NOTHING_SUITS =
            "No open job suits what you offer. Say more in your profile, offer a gig, or look for jobs in your own words.";

    static About everything(List<?> items, Optional<Facets> facets) {
        return new About(Optional.empty(), List.of(), false, facets, hint(items, NOTHING_LISTED));
    }

    static About of(Understood it, List<?> items, Optional<Facets> facets) {
        var readAs = Optional.of(it.text()).filter(_ -> it.wasMended());
        return new About(readAs, it.skills(), it.meaning().isPresent(), facets, hint(items, NOTHING_FITS));
    }

    static About suiting(Offered it, List<?> items, Optional<Facets> facets) {
        return new About(Optional.empty(), it.skills(), !it.meanings().isEmpty(), facets, hint(items, NOTHING_SUITS));
    }

    private static Optional<String> hint(List<?> items, String what) {
        return Optional.of(what).filter(_ -> items.isEmpty());
    }
}
