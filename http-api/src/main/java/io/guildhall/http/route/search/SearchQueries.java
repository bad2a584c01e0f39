package io.guildhall.http.route.search;

import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.FilterQueries;
import io.guildhall.projections.readmodel.search.Search.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The query parameters of the searches. Each search declares those that apply to what it finds. */
public final class SearchQueries {
    public static final Query<Optional<String>> TEXT =
            Query.text("q", 500, "Search text in plain language. Without it, the newest entries are listed.");

    public static final Query<SearchMode> MODE = Query.oneOf(
                    "mode", SearchMode.class, "Compare by meaning and words, by meaning only, or by words only.")
            .rejectedAs("bad-filter")
            .orElse(SearchMode.HYBRID);

    public static final Query<Boolean> FACETS = Query.flag("facets", "Include facet counts; first page only.")
            .rejectedAs("bad-filter")
            .orElse(false);

    private SearchQueries() {}

    /** The parameters of a search for this kind by a text. */
    static Query<?>[] byText(Kind kind) {
        return Stream.concat(Stream.of(TEXT), Stream.of(withoutText(kind))).toArray(Query<?>[]::new);
    }

    /** The parameters of a search for this kind that needs no text. */
    static Query<?>[] withoutText(Kind kind) {
        var own = List.of(MODE, FACETS, Query.LIMIT, Query.CURSOR);
        return Stream.concat(FilterQueries.of(kind).stream(), own.stream()).toArray(Query<?>[]::new);
    }
}
