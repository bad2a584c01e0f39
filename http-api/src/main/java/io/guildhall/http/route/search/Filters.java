package io.guildhall.http.route.search;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Price;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a search may be narrowed by, as it stands behind the question mark. */
final class Filters {
    private static final Pattern AMOUNT = Pattern.compile("0|[1-9][0-9]{0,14}");
    private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,2}");
    private static final Pattern RATING = Pattern.compile("[1-4](\\.[0-9])?|5(\\.0)?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int MOST_SKILLS = 10;

    private Filters() {}

    static <A> EndpointBuilder<Void, A> asked(EndpointBuilder<Void, A> shape) {
        return narrowed(shape.asks("q", "what is looked for, in plain words"));
    }

    /** By all but a query. */
    static <A> EndpointBuilder<Void, A> narrowed(EndpointBuilder<Void, A> shape) {
        return shape.asks("by", "both (meaning and words), meaning or words")
                .asks("facets", "yes: how all that was found divides, on the first page")
                .asks("skills", "with each of these, divided by commas, at most " + MOST_SKILLS)
                .asks("currency", "paid in this currency, such as USD; needed for the two that follow")
                .asks("priceAtLeast", "in minor units")
                .asks("priceAtMost", "in minor units")
                .asks("limit", "items at most, 1 to 100")
                .asks("cursor", "where the page before ended")
                .problems(400, "bad-page", "bad-cursor", "bad-filter");
    }

    static Filter of(Call<Void> call, Skills skills) {
        return new Filter(
                call.query("category"),
                skills(call, skills),
                price(call),
                days(call),
                rating(call),
                available(call),
                Optional.empty());
    }

    private static List<Set<String>> skills(Call<Void> call, Skills skills) {
        var named = call.query("skills").stream()
                .flatMap(it -> Stream.of(it.split(",")))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        if (named.size() > MOST_SKILLS)
            throw new Problem(400, "bad-filter", "skills are at most " + MOST_SKILLS + ", divided by commas.");
        return named.stream().map(skills::spellings).toList();
    }

    private static Optional<Price> price(Call<Void> call) {
        var currency = call.query("currency");
        if (currency.filter(it -> !CURRENCY.matcher(it).matches()).isPresent())
            throw new Problem(400, "bad-filter", "currency is three capital letters, such as USD.");
        var least = amount(call, "priceAtLeast");
        var most = amount(call, "priceAtMost");
        if (currency.isEmpty() && (least.isPresent() || most.isPresent()))
            throw new Problem(400, "bad-filter", "A price means nothing without its currency: give currency too.");
        return currency.map(it -> new Price(it, least, most));
    }

    private static OptionalLong amount(Call<Void> call, String name) {
        var text = call.query(name);
        if (text.isEmpty()) return OptionalLong.empty();
        if (!AMOUNT.matcher(text.get()).matches())
            throw new Problem(400, "bad-filter", name + " is a whole number of minor units, such as 12500.");
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    private static OptionalDouble rating(Call<Void> call) {
        var text = call.query("ratingAtLeast");
        if (text.isEmpty()) return OptionalDouble.empty();
        if (!RATING.matcher(text.get()).matches())
            throw new Problem(400, "bad-filter", "ratingAtLeast is from 1 to 5, such as 4.5.");
        return OptionalDouble.of(Double.parseDouble(text.get()));
    }

    private static boolean available(Call<Void> call) {
        return isYes(call, "available");
    }

    static boolean facets(Call<Void> call) {
        return isYes(call, "facets");
    }

    private static boolean isYes(Call<Void> call, String name) {
        return switch (call.query(name).orElse("no")) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new Problem(400, "bad-filter", name + " is yes or no.");
        };
    }

    private static OptionalInt days(Call<Void> call) {
        var text = call.query("deliveryDays");
        if (text.isEmpty()) return OptionalInt.empty();
        if (!DAYS.matcher(text.get()).matches())
            throw new Problem(400, "bad-filter", "deliveryDays is a whole number of days from 1 to 999.");
        return OptionalInt.of(Integer.parseInt(text.get()));
    }
}
