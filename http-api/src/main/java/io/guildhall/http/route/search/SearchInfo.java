package io.guildhall.http.route.search;

import io.guildhall.port.QueryInterpreter.Interpretation;
import io.guildhall.projections.readmodel.search.Facets;
import io.guildhall.projections.readmodel.search.Search.Offers;
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
public record SearchInfo(
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

    static SearchInfo everything(List<?> items, Optional<Facets> facets) {
        return new SearchInfo(Optional.empty(), List.of(), false, facets, hint(items, NOTHING_LISTED));
    }

    static SearchInfo of(Interpretation it, List<?> items, Optional<Facets> facets) {
        var readAs = Optional.of(it.text()).filter(_ -> it.wasCorrected());
        return new SearchInfo(readAs, it.skills(), it.vector().isPresent(), facets, hint(items, NOTHING_FITS));
    }

    static SearchInfo suiting(Offers it, List<?> items, Optional<Facets> facets) {
        return new SearchInfo(
                Optional.empty(), it.skills(), !it.vectors().isEmpty(), facets, hint(items, NOTHING_SUITS));
    }

    private static Optional<String> hint(List<?> items, String what) {
        return Optional.of(what).filter(_ -> items.isEmpty());
    }
}
