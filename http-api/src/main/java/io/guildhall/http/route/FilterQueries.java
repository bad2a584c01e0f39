package io.guildhall.http.route;

import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.endpoint.Query.OptionalQuery;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.readmodel.search.Search.Price;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The query parameters that filter jobs, gigs and freelancers, in lists as in searches. A new one is a constant, an
 * entry in {@link #of} and a line in {@link #filter}.
 */
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

    public static final Query<Optional<ExperienceLevel>> EXPERIENCE_LEVEL = Query.oneOf(
                    "experienceLevel", ExperienceLevel.class, "Only jobs that ask for this level of experience.")
            .rejectedAs(CODE);

    private static final List<Query<?>> OF_EVERY_KIND = List.of(SKILLS, CURRENCY, PRICE_AT_LEAST, PRICE_AT_MOST);

    private FilterQueries() {}

    /** The parameters of a search for this kind. */
    public static List<Query<?>> of(Kind kind) {
        List<Query<?>> own = switch (kind) {
            case JOB -> List.of(CATEGORY, EXPERIENCE_LEVEL);
            case GIG -> List.of(CATEGORY, DELIVERY_DAYS, RATING_AT_LEAST);
            case FREELANCER -> List.of(RATING_AT_LEAST, AVAILABLE);
        };
        return Stream.concat(own.stream(), OF_EVERY_KIND.stream()).toList();
    }

    /** @throws Problem 400 if a price has no currency */
    public static Filter filter(Call<Void> call, Skills skills) {
        return new Filter(
                call.queryIfDeclared(CATEGORY),
                call.query(SKILLS).stream().map(skills::spellings).toList(),
                price(call),
                call.queryIfDeclared(DELIVERY_DAYS).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                call.queryIfDeclared(RATING_AT_LEAST).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                call.queryIfDeclared(AVAILABLE),
                call.queryIfDeclared(EXPERIENCE_LEVEL),
                Optional.empty());
    }

    private static Optional<Price> price(Call<Void> call) {
        var currency = call.query(CURRENCY);
        var atLeast = call.query(PRICE_AT_LEAST);
        var atMost = call.query(PRICE_AT_MOST);
        if (currency.isEmpty() && (atLeast.isPresent() || atMost.isPresent()))
            throw new Problem(400, CODE, "A price filter requires a currency.");
        return currency.map(it -> new Price(it, amount(atLeast), amount(atMost)));
    }

    private static OptionalLong amount(Optional<Long> amount) {
        return amount.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static OptionalQuery<Long> price(String name, String description) {
        return Query.longInteger(name, 0, MAX_AMOUNT, description).rejectedAs(CODE);
    }
}
