package io.guildhall.http.route;

import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.NameOf;
import io.guildhall.http.endpoint.Problem.FieldError;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.endpoint.Query.OptionalQuery;
import io.guildhall.http.text.SingleLine;
import io.guildhall.kernel.Currency;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The filter of a search: in the query parameters of a search, and in the JSON of a saved search. Each component has
 * the query parameter of its name, with the same bounds. An absent component does not filter.
 *
 * @param skills all of them are required
 * @param currency required with a bound of the price
 * @param priceAtLeast minor units, inclusive
 * @param priceAtMost minor units, inclusive
 * @param deliveryDays at most this number of days
 */
public record FilterFields(
        Optional<@SingleLine(min = 1, max = MAX_CATEGORY_LENGTH) String> category,
        Optional<
                        @Size(max = MAX_SKILLS) List<
                                @NotBlank @SingleLine(max = MAX_SKILL_LENGTH) @Pattern(regexp = Formats.NO_COMMA)
                                String>>
                skills,
        Optional<@NameOf(Currency.class) String> currency,
        Optional<@Min(0) @Max(MAX_AMOUNT) Long> priceAtLeast,
        Optional<@Min(0) @Max(MAX_AMOUNT) Long> priceAtMost,
        Optional<@Min(1) @Max(MAX_DELIVERY_DAYS) Integer> deliveryDays,
        Optional<ExperienceLevel> experienceLevel) {

    /** The code of the problem about a wrong filter. */
    public static final String PROBLEM = "bad-filter";

    private static final int MAX_CATEGORY_LENGTH = 60;
    private static final int MAX_SKILLS = 10;
    /** The longest name of a known skill has 43 characters. */
    private static final int MAX_SKILL_LENGTH = 60;

    private static final long MAX_AMOUNT = 999_999_999_999_999L;
    private static final int MAX_DELIVERY_DAYS = 999;

    public static final Query<Optional<String>> CATEGORY =
            Query.text("category", MAX_CATEGORY_LENGTH, "Only this category (case-insensitive).");

    /** A filter of the plain list of jobs only. */
    public static final Query<Optional<String>> SKILL =
            Query.text("skill", MAX_SKILL_LENGTH, "Only jobs that require this skill (case-insensitive).");

    static final Query<List<String>> SKILLS = Query.list(
                    "skills",
                    MAX_SKILLS,
                    MAX_SKILL_LENGTH,
                    "Only results with all of these skills, separated by commas; aliases are accepted.")
            .rejectedAs(PROBLEM)
            .orElse(List.of());

    static final Query<Optional<String>> CURRENCY = Query.oneOf(
                    "currency",
                    Stream.of(Currency.values()).map(Currency::name).toList(),
                    "Only prices in this currency, such as USD. Required with priceAtLeast and priceAtMost.")
            .rejectedAs(PROBLEM);

    static final Query<Optional<Long>> PRICE_AT_LEAST =
            price("priceAtLeast", "Lowest price in minor units, inclusive. Requires currency.");

    static final Query<Optional<Long>> PRICE_AT_MOST =
            price("priceAtMost", "Highest price in minor units, inclusive. Requires currency.");

    static final Query<Optional<Integer>> DELIVERY_DAYS = Query.integer(
                    "deliveryDays",
                    1,
                    MAX_DELIVERY_DAYS,
                    "Only gigs with a package that is delivered within this number of days.")
            .rejectedAs(PROBLEM);

    static final Query<Optional<ExperienceLevel>> EXPERIENCE_LEVEL = Query.oneOf(
                    "experienceLevel", ExperienceLevel.class, "Only jobs that require this experience level.")
            .rejectedAs(PROBLEM);

    /** The query parameters of a search for this kind. */
    public static Stream<Query<?>> queries(Kind kind) {
        Stream<Query<?>> own = switch (kind) {
            case JOB -> Stream.of(CATEGORY, EXPERIENCE_LEVEL);
            case GIG -> Stream.of(CATEGORY, DELIVERY_DAYS);
            case FREELANCER -> Stream.of();
        };
        return Stream.concat(own, Stream.of(SKILLS, CURRENCY, PRICE_AT_LEAST, PRICE_AT_MOST));
    }

    public static FilterFields from(Call<Void> call) {
        return new FilterFields(
                call.queryIfDeclared(CATEGORY),
                Optional.of(call.query(SKILLS)),
                call.query(CURRENCY),
                call.query(PRICE_AT_LEAST),
                call.query(PRICE_AT_MOST),
                call.queryIfDeclared(DELIVERY_DAYS),
                call.queryIfDeclared(EXPERIENCE_LEVEL));
    }

    public static FilterFields from(SearchCriteria criteria) {
        return new FilterFields(
                criteria.category(),
                Optional.of(criteria.skills()),
                criteria.price().map(PriceRange::currency),
                criteria.price().flatMap(PriceRange::atLeast),
                criteria.price().flatMap(PriceRange::atMost),
                criteria.deliveryDays(),
                criteria.experienceLevel());
    }

    /** Requires a filter without {@linkplain #errors errors}. */
    public SearchCriteria criteria(Kind kind, String text) {
        return new SearchCriteria(
                kind,
                text.strip(),
                category.map(String::strip),
                skills.orElse(List.of()),
                currency.map(it -> new PriceRange(it, priceAtLeast, priceAtMost)),
                deliveryDays,
                experienceLevel);
    }

    /** Errors of combinations of components. Each has the name of a component. */
    public List<FieldError> errors(Kind kind) {
        return Stream.concat(notApplicable(kind), priceErrors()).toList();
    }

    private Stream<FieldError> priceErrors() {
        return currency.isEmpty() && (priceAtLeast.isPresent() || priceAtMost.isPresent())
                ? Stream.of(new FieldError(CURRENCY.name(), "is required by a price filter"))
                : Stream.empty();
    }

    /** A saved search has the filters that a search of its kind has. */
    private Stream<FieldError> notApplicable(Kind kind) {
        var applicable = queries(kind).toList();
        return Stream.of(
                        given(CATEGORY, category.isPresent()),
                        given(SKILLS, skills.filter(it -> !it.isEmpty()).isPresent()),
                        given(CURRENCY, currency.isPresent()),
                        given(PRICE_AT_LEAST, priceAtLeast.isPresent()),
                        given(PRICE_AT_MOST, priceAtMost.isPresent()),
                        given(DELIVERY_DAYS, deliveryDays.isPresent()),
                        given(EXPERIENCE_LEVEL, experienceLevel.isPresent()))
                .flatMap(Optional::stream)
                .filter(query -> !applicable.contains(query))
                .map(query -> new FieldError(query.name(), "does not apply to the kind " + kind));
    }

    private static Optional<Query<?>> given(Query<?> query, boolean isGiven) {
        return Optional.<Query<?>>of(query).filter(_ -> isGiven);
    }

    private static OptionalQuery<Long> price(String name, String description) {
        return Query.longInteger(name, 0, MAX_AMOUNT, description).rejectedAs(PROBLEM);
    }
}
