package io.guildhall.http.route.search;

import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.FilterFields;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.search.Search.Filter;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The query parameters of the searches. Each search declares those that apply to what it finds. */
public final class SearchQueries {
    public static final int MAX_TEXT_LENGTH = 500;

    public static final Query<Optional<String>> TEXT = Query.textOrBlank(
            "q",
            MAX_TEXT_LENGTH,
            "Search text in plain language. Without it, or where it is blank, the newest entries are listed.");

    public static final Query<SearchMode> MODE = Query.oneOf(
                    "mode",
                    SearchMode.class,
                    "HYBRID compares meaning and words, SEMANTIC meaning only, LEXICAL words only.")
            .rejectedAs(FilterFields.PROBLEM)
            .orElse(SearchMode.HYBRID);

    public static final Query<Boolean> FACETS = Query.flag("facets", "Include facet counts; first page only.")
            .rejectedAs(FilterFields.PROBLEM)
            .changeableBetweenPages()
            .orElse(false);

    private static final Query<Optional<Double>> RATING_AT_LEAST = Query.decimal(
                    "ratingAtLeast",
                    1,
                    5,
                    1,
                    "Only freelancers with at least this average rating. Excludes freelancers without reviews.")
            .rejectedAs(FilterFields.PROBLEM);

    private static final Query<Boolean> AVAILABLE = Query.flag(
                    "available", "Only freelancers who are fully or partly available.")
            .rejectedAs(FilterFields.PROBLEM)
            .orElse(false);

    private SearchQueries() {}

    /** The parameters of a search for this kind by a text. */
    static Query<?>[] byText(Kind kind) {
        return Stream.concat(Stream.of(TEXT), Stream.of(withoutText(kind))).toArray(Query<?>[]::new);
    }

    /** The parameters of a search for this kind that needs no text. */
    static Query<?>[] withoutText(Kind kind) {
        var common = Stream.<Query<?>>of(MODE, FACETS, Query.LIMIT, Query.CURSOR);
        return Stream.concat(filters(kind), common).toArray(Query<?>[]::new);
    }

    private static Stream<Query<?>> filters(Kind kind) {
        return Stream.concat(FilterFields.queries(kind), filtersOfSearchesOnly(kind));
    }

    /** Whether the request filters by more than the search text. */
    static boolean isFiltered(Call<Void> call, Kind kind) {
        return filters(kind).anyMatch(call::has);
    }

    /** Saved searches do not filter by these. */
    private static Stream<Query<?>> filtersOfSearchesOnly(Kind kind) {
        return switch (kind) {
            case JOB -> Stream.of();
            case GIG -> Stream.of(RATING_AT_LEAST);
            case FREELANCER -> Stream.of(RATING_AT_LEAST, AVAILABLE);
        };
    }

    /** @throws Problem 400 if a price has no currency, or its lower bound exceeds the upper one */
    public static Filter filter(Call<Void> call, Kind kind, Skills skills) {
        var text = call.queryIfDeclared(TEXT).orElse("");
        var fields = FilterFields.from(call);
        fields.errors(kind).stream().findFirst().ifPresent(it -> {
            throw new Problem(400, FilterFields.PROBLEM, it.field() + " " + it.message() + ".");
        });
        var criteria = fields.criteria(kind, text);
        if (!criteria.hasValidPrice())
            throw new Problem(400, FilterFields.PROBLEM, "priceAtLeast must not be greater than priceAtMost.");
        return new Filter(
                criteria,
                criteria.skills().stream().map(skills::spellings).toList(),
                call.queryIfDeclared(RATING_AT_LEAST).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                call.queryIfDeclared(AVAILABLE),
                Optional.empty());
    }
}
