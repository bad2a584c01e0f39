package io.guildhall.domain.savedsearch;

import java.util.List;
import java.util.Optional;

/**
 * What is looked for, in its saver's own words. What is empty narrows nothing.
 *
 * @param text in plain words; empty where the rest says it all
 * @param skills each of them is wanted
 * @param deliveryDays so many at most
 */
public record SearchCriteria(
        Kind kind,
        String text,
        Optional<String> category,
        List<String> skills,
        Optional<PriceRange> price,
        Optional<Integer> deliveryDays) {

    /** Stored and journalled under these names. */
    public enum Kind {
        JOB,
        GIG,
        FREELANCER
    }

    /** In minor units of a currency; both ends count. */
    public record PriceRange(String currency, Optional<Long> atLeast, Optional<Long> atMost) {
        boolean isSound() {
            return atLeast.isEmpty() || atMost.isEmpty() || atLeast.get() <= atMost.get();
        }
    }

    public SearchCriteria {
        skills = List.copyOf(skills);
    }

    boolean areSound() {
        return price.isEmpty() || price.get().isSound();
    }
}
