package io.guildhall.projections.readmodel.search;

import java.util.List;

/**
 * How what was found divides: what one may go on to filter by.
 *
 * @param of so many were counted: all that were found, or the latest where everything is shown
 * @param categories the most frequent first, at most {@value #MAX_VALUES}
 * @param skills the most frequent first, at most {@value #MAX_VALUES}
 */
public record Facets(long of, List<Count> categories, List<Count> skills, List<Prices> prices, List<Days> delivery) {
    public static final int MAX_VALUES = 20;

    public record Count(String value, long count) {}

    /** In minor units: the lowest of the lower ends, their median, and the highest of the upper ends. */
    public record Prices(String currency, long count, long least, long median, long most) {}

    /** How many take so many days at most. */
    public record Days(int atMost, long count) {}
}
