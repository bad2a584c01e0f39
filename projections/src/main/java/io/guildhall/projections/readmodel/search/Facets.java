package io.guildhall.projections.readmodel.search;

import java.util.List;

/**
 * Counts of the hits for each value of a filter.
 *
 * @param of number of documents counted: all hits of a query, or the newest documents of a list without a query
 * @param categories most frequent first, at most {@value #MAX_VALUES}
 * @param skills most frequent first, at most {@value #MAX_VALUES}
 */
public record Facets(long of, List<Count> categories, List<Count> skills, List<Prices> prices, List<Days> delivery) {
    public static final int MAX_VALUES = 20;

    public record Count(String value, long count) {}

    /**
     * Prices in minor units of a currency.
     *
     * @param least the lowest minimum price
     * @param median of the minimum prices
     * @param most the highest maximum price
     */
    public record Prices(String currency, long count, long least, long median, long most) {}

    /** @param count number of documents that take at most that many days */
    public record Days(int atMost, long count) {}
}
