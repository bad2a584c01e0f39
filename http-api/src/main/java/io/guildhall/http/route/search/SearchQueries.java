package io.guildhall.http.route.search;

import static io.guildhall.http.route.FilterQueries.AVAILABLE;
import static io.guildhall.http.route.FilterQueries.CATEGORY;
import static io.guildhall.http.route.FilterQueries.CURRENCY;
import static io.guildhall.http.route.FilterQueries.DELIVERY_DAYS;
import static io.guildhall.http.route.FilterQueries.PRICE_AT_LEAST;
import static io.guildhall.http.route.FilterQueries.PRICE_AT_MOST;
import static io.guildhall.http.route.FilterQueries.RATING_AT_LEAST;
import static io.guildhall.http.route.FilterQueries.SKILLS;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Price;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
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

    /** Those that apply to jobs, gigs and freelancers alike. */
    private static final List<Query<?>> COMMON =
            List.of(MODE, FACETS, SKILLS, CURRENCY, PRICE_AT_LEAST, PRICE_AT_MOST, Query.LIMIT, Query.CURSOR);

    private SearchQueries() {}

    /** The common queries and these. */
    static Query<?>[] with(Query<?>... more) {
        return Stream.concat(Stream.of(more), COMMON.stream()).toArray(Query<?>[]::new);
    }

    /** @throws Problem 400 where a price has no currency */
    public static Filter filter(Call<Void> call, Skills skills) {
        return new Filter(
                call.queryIfDeclared(CATEGORY),
                call.query(SKILLS).stream().map(skills::spellings).toList(),
                price(call),
                call.queryIfDeclared(DELIVERY_DAYS).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                call.queryIfDeclared(RATING_AT_LEAST).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                call.queryIfDeclared(AVAILABLE),
                Optional.empty());
    }

    private static Optional<Price> price(Call<Void> call) {
        var currency = call.query(CURRENCY);
        var atLeast = call.query(PRICE_AT_LEAST);
        var atMost = call.query(PRICE_AT_MOST);
        if (currency.isEmpty() && (atLeast.isPresent() || atMost.isPresent()))
            throw new Problem(400, "bad-filter", "A price filter requires a currency.");
        return currency.map(it -> new Price(it, amount(atLeast), amount(atMost)));
    }

    private static OptionalLong amount(Optional<Long> amount) {
        return amount.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
