package io.guildhall.testing;

import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import java.util.List;
import java.util.Optional;

/** Builds search criteria that every document of a kind meets, until a test names a condition. */
public final class SearchBuilder {
    private final Kind kind;
    private String text = "";
    private Optional<String> category = Optional.empty();
    private List<String> skills = List.of();
    private Optional<PriceRange> price = Optional.empty();
    private Optional<Integer> deliveryDays = Optional.empty();

    private Optional<ExperienceLevel> experienceLevel = Optional.empty();

    private SearchBuilder(Kind kind) {
        this.kind = kind;
    }

    public static SearchBuilder aSearchFor(Kind kind) {
        return new SearchBuilder(kind);
    }

    public SearchBuilder withText(String value) {
        text = value;
        return this;
    }

    public SearchBuilder inCategory(String value) {
        category = Optional.of(value);
        return this;
    }

    public SearchBuilder requiring(String... values) {
        return requiring(List.of(values));
    }

    public SearchBuilder requiring(List<String> values) {
        skills = values;
        return this;
    }

    public SearchBuilder priced(PriceRange value) {
        price = Optional.of(value);
        return this;
    }

    public SearchBuilder deliveredInDays(int atMost) {
        deliveryDays = Optional.of(atMost);
        return this;
    }

    public SearchBuilder asking(ExperienceLevel value) {
        experienceLevel = Optional.of(value);
        return this;
    }

    public SearchCriteria build() {
        return new SearchCriteria(kind, text, category, skills, price, deliveryDays, experienceLevel);
    }

    public SavedSearch saved(String id, String name) {
        return new SavedSearch(id, name, build(), true);
    }

    public SavedSearch savedWithoutAlerts(String id, String name) {
        return new SavedSearch(id, name, build(), false);
    }
}
