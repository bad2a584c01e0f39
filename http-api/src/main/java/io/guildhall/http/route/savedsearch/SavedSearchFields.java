package io.guildhall.http.route.savedsearch;

import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.savedsearch.SavedSearch;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.savedsearch.SearchCriteria.PriceRange;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/**
 * A saved search, in requests and responses. An absent criterion does not filter. The bounds equal those of the
 * search's query parameters.
 *
 * @param text search text; empty to filter only
 * @param skills all of them are required
 * @param deliveryDays at most this number of days
 * @param alerts whether to notify the user of new results
 */
public record SavedSearchFields(
        @NotBlank @Size(max = 80) String name,
        @NotNull SearchCriteria.Kind kind,
        @NotNull @Size(max = 400) String text,
        Optional<@Size(max = 60) String> category,
        @NotNull @Size(max = 10) List<@NotBlank @Size(max = 40) String> skills,
        Optional<@Valid Prices> price,
        Optional<@Min(1) @Max(999) Integer> deliveryDays,
        Optional<ExperienceLevel> experienceLevel,
        boolean alerts) {

    /** In minor units, both bounds inclusive. */
    public record Prices(
            @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,
            Optional<@Min(0) @Max(MAX_AMOUNT) Long> atLeast,
            Optional<@Min(0) @Max(MAX_AMOUNT) Long> atMost) {
        private static final long MAX_AMOUNT = 999_999_999_999_999L;

        private static Prices from(PriceRange range) {
            return new Prices(range.currency(), range.atLeast(), range.atMost());
        }

        private PriceRange range() {
            return new PriceRange(currency, atLeast, atMost);
        }
    }

    static SavedSearchFields from(SavedSearch search) {
        var criteria = search.terms();
        return new SavedSearchFields(
                search.name(),
                criteria.kind(),
                criteria.text(),
                criteria.category(),
                criteria.skills(),
                criteria.price().map(Prices::from),
                criteria.deliveryDays(),
                criteria.experienceLevel(),
                search.alerts());
    }

    SavedSearch toSavedSearch(String id) {
        var criteria = new SearchCriteria(
                kind,
                text.strip(),
                category.map(String::strip).filter(it -> !it.isEmpty()),
                skills,
                price.map(Prices::range),
                deliveryDays,
                experienceLevel);
        return new SavedSearch(id, name, criteria, alerts);
    }
}
