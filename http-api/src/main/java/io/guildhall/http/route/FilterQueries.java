package io.guildhall.http.route;

import io.guildhall.http.endpoint.Query;
import io.guildhall.http.endpoint.Query.OptionalQuery;
import java.util.List;
import java.util.Optional;

/** The query parameters that filter jobs, gigs and freelancers, in lists as in searches. */
public final class FilterQueries {
    private static final String CODE = "bad-filter";
    private static final long MAX_AMOUNT = 999_999_999_999_999L;

    public static final Query<Optional<String>> CATEGORY =
            Query.text("category", 60, "Only this category; upper and lower case are equal.");

    public static final Query<Optional<String>> SKILL =
            Query.text("skill", 80, "Only jobs that require this skill; upper and lower case are equal.");

    public static final Query<List<String>> SKILLS = Query.list(
                    "skills",
                    10,
                    "Only results with all of these skills, at most 10, separated by commas; aliases are accepted.")
            .rejectedAs(CODE)
            .orElse(List.of());

    public static final Query<Optional<String>> CURRENCY = Query.matching(
                    "currency",
                    "[A-Z]{3}",
                    "three capital letters, such as USD",
                    "Only prices in this currency, such as USD. Required with priceAtLeast and priceAtMost.")
            .rejectedAs(CODE);

    public static final Query<Optional<Long>> PRICE_AT_LEAST =
            price("priceAtLeast", "Lowest price in minor units, inclusive. Requires currency.");

    public static final Query<Optional<Long>> PRICE_AT_MOST =
            price("priceAtMost", "Highest price in minor units, inclusive. Requires currency.");

    public static final Query<Optional<Integer>> DELIVERY_DAYS = Query.integer(
                    "deliveryDays", 1, 999, "Only gigs with a package that is delivered within this number of days.")
            .rejectedAs(CODE);

    public static final Query<Optional<Double>> RATING_AT_LEAST = Query.decimal(
                    "ratingAtLeast",
                    1,
                    5,
                    1,
                    "Only freelancers with at least this average rating. Excludes freelancers without reviews.")
            .rejectedAs(CODE);

    public static final Query<Boolean> AVAILABLE = Query.flag(
                    "available", "Only freelancers who are available, at least partly.")
            .rejectedAs(CODE)
            .orElse(false);

    private FilterQueries() {}

    private static OptionalQuery<Long> price(String name, String description) {
        return Query.longInteger(name, 0, MAX_AMOUNT, description).rejectedAs(CODE);
    }
}
