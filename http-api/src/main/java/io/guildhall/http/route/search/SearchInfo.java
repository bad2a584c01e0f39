package io.guildhall.http.route.search;

import io.guildhall.port.QueryInterpreter.Interpretation;
import io.guildhall.projections.readmodel.search.Facets;
import io.guildhall.projections.readmodel.search.Search.Offers;
import java.util.List;
import java.util.Optional;

/**
 * How a search text was interpreted, and the facets of the results.
 *
 * @param correctedText the search text after spelling correction; absent if nothing was corrected
 * @param skills mentioned in the search text or, in the feed, offered by the freelancer
 * @param semantic whether meanings were compared; otherwise only words were
 * @param degraded whether meanings should have been compared, but no language model is available now. Results by
 *     meaning are missing; search again later
 * @param facets on the first page, if requested
 * @param hint what to try next if there are no results
 */
public record SearchInfo(
        Optional<String> correctedText,
        List<String> skills,
        boolean semantic,
        boolean degraded,
        Optional<Facets> facets,
        Optional<String> hint) {
    private static final String NOTHING_LISTED = "Nothing is listed yet.";
    private static final String NOTHING_MATCHES = "No results match the filters. Remove a filter.";
    private static final String NOTHING_FOUND =
            "No results. Use other or fewer words, or name a skill such as \"web design\".";
    private static final String NOTHING_FOUND_FILTERED =
            "No results. Use other or fewer words, name a skill such as \"web design\", or remove a filter.";
    private static final String NOTHING_IN_FEED =
            "No open job matches your profile and gigs. Add detail to your profile, publish a gig, or search for jobs.";

    static SearchInfo listing(List<?> items, boolean isFiltered, Optional<Facets> facets) {
        return new SearchInfo(
                Optional.empty(),
                List.of(),
                false,
                false,
                facets,
                hint(items, isFiltered ? NOTHING_MATCHES : NOTHING_LISTED));
    }

    static SearchInfo search(
            Interpretation text, SearchMode mode, List<?> items, boolean isFiltered, Optional<Facets> facets) {
        var corrected = Optional.of(text.text()).filter(_ -> text.wasCorrected());
        return new SearchInfo(
                corrected,
                text.skills(),
                text.vector().isPresent() && mode.comparesMeanings(),
                text.isDegraded() && mode.comparesMeanings(),
                facets,
                hint(items, isFiltered ? NOTHING_FOUND_FILTERED : NOTHING_FOUND));
    }

    static SearchInfo feed(Offers offers, List<?> items, Optional<Facets> facets) {
        return new SearchInfo(
                Optional.empty(),
                offers.skills(),
                !offers.vectors().isEmpty(),
                false,
                facets,
                hint(items, NOTHING_IN_FEED));
    }

    private static Optional<String> hint(List<?> items, String hint) {
        return Optional.of(hint).filter(_ -> items.isEmpty());
    }
}
