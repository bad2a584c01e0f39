package io.guildhall.http.route.market;

import static io.guildhall.http.endpoint.Endpoint.get;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.Query;
import io.guildhall.kernel.Currency;
import io.guildhall.port.Skills;
import io.guildhall.port.Skills.KnownSkill;
import io.guildhall.port.Skills.SkillCategory;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Lists the values that forms offer, from the registries that validate them. Names are in English. */
public final class FormEndpoints {
    private static final Query<String> TEXT = Query.textOrBlank(
                    "q", 60, "The beginning of the name, or of a word of it. All skills if it is empty.")
            .orElse("");
    private static final Query<Integer> LIMIT =
            Query.integer("limit", 1, 100, "The maximum number of skills.").orElse(20);

    private static final CountryList COUNTRIES = new CountryList(Stream.of(Formats.COUNTRY.split("\\|"))
            .map(it -> new CountryResource(it, Locale.of("", it).getDisplayCountry(Locale.ENGLISH)))
            .sorted(Comparator.comparing(CountryResource::name))
            .toList());
    private static final LanguageList LANGUAGES = new LanguageList(Stream.of(Formats.LANGUAGE.split("\\|"))
            .filter(FormEndpoints::isCurrent)
            .map(it -> new LanguageResource(it, Locale.of(it).getDisplayLanguage(Locale.ENGLISH)))
            .sorted(Comparator.comparing(LanguageResource::name))
            .toList());
    private static final CurrencyList CURRENCIES = new CurrencyList(
            Stream.of(Currency.values()).map(CurrencyResource::of).toList());

    private final Skills skills;

    public FormEndpoints(Skills skills) {
        this.skills = skills;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/categories", "List the categories of skills, jobs and gigs, in display order.")
                        .returns(200, CategoryList.class)
                        .with(Feature.CACHEABLE)
                        .handledBy(_ -> completedFuture(new CategoryList(skills.categories()))),
                get(
                                "/api/skills",
                                "List known skills whose names begin with a text, best match first. Other skills are accepted too.")
                        .queries(TEXT, LIMIT)
                        .returns(200, SkillList.class)
                        .with(Feature.CACHEABLE)
                        .handledBy(this::skills),
                get("/api/countries", "List countries, by name.")
                        .returns(200, CountryList.class)
                        .with(Feature.CACHEABLE)
                        .handledBy(_ -> completedFuture(COUNTRIES)),
                get("/api/currencies", "List the currencies in which prices can be agreed.")
                        .returns(200, CurrencyList.class)
                        .with(Feature.CACHEABLE)
                        .handledBy(_ -> completedFuture(CURRENCIES)),
                get("/api/languages", "List languages, by name.")
                        .returns(200, LanguageList.class)
                        .with(Feature.CACHEABLE)
                        .handledBy(_ -> completedFuture(LANGUAGES)));
    }

    public record CategoryList(List<SkillCategory> items) {}

    public record SkillList(List<KnownSkill> items) {}

    public record CountryList(List<CountryResource> items) {}

    public record CurrencyList(List<CurrencyResource> items) {}

    public record LanguageList(List<LanguageResource> items) {}

    /** @param code ISO 3166-1 */
    public record CountryResource(String code, String name) {}

    /** @param code ISO 639-1 */
    public record LanguageResource(String code, String name) {}

    /**
     * @param code ISO 4217
     * @param minorDigits the decimals of an amount in the major unit
     * @param minimum the smallest price, in minor units
     */
    public record CurrencyResource(String code, String name, int minorDigits, long minimum) {
        private static CurrencyResource of(Currency currency) {
            var known = java.util.Currency.getInstance(currency.name());
            return new CurrencyResource(
                    currency.name(),
                    known.getDisplayName(Locale.ENGLISH),
                    known.getDefaultFractionDigits(),
                    currency.minimum().amount());
        }
    }

    private CompletionStage<SkillList> skills(Call<Void> call) {
        return completedFuture(new SkillList(skills.startingWith(call.query(TEXT), call.query(LIMIT))));
    }

    /** Requests can also have codes that were replaced, such as iw by he. */
    private static boolean isCurrent(String code) {
        return Locale.of(code).getLanguage().equals(code);
    }
}
