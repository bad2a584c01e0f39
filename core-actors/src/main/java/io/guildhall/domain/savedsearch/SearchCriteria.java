package io.guildhall.domain.savedsearch;

import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.kernel.Personal;
import java.util.List;
import java.util.Optional;

/**
 * The criteria of a search, saved or not, as the user wrote them. An empty criterion matches everything.
 *
 * @param text search text; can be empty
 * @param skills all of them are required
 * @param deliveryDays maximum
 */
public record SearchCriteria(
        Kind kind,
        @Personal String text,
        @Personal Optional<String> category,
        @Personal List<String> skills,
        Optional<PriceRange> price,
        Optional<Integer> deliveryDays,
        Optional<ExperienceLevel> experienceLevel) {

    /** The kind of document to search for. The names are stored: never changed. */
    public enum Kind {
        JOB,
        GIG,
        FREELANCER
    }

    /**
     * A range of prices in one currency.
     *
     * @param atLeast minor units, inclusive
     * @param atMost minor units, inclusive
     */
    public record PriceRange(String currency, Optional<Long> atLeast, Optional<Long> atMost) {
        boolean hasValidBounds() {
            return atLeast.isEmpty() || atMost.isEmpty() || atLeast.get() <= atMost.get();
        }
    }

    public SearchCriteria {
        skills = List.copyOf(skills);
    }

    /** The criteria that every document of this kind meets. */
    public static SearchCriteria anyOf(Kind kind) {
        return new SearchCriteria(
                kind, "", Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether the lower bound of the price does not exceed the upper one. */
    public boolean hasValidPrice() {
        return price.isEmpty() || price.get().hasValidBounds();
    }
}
