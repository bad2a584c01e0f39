package io.guildhall.projections.readmodel.search;

import java.util.List;
import java.util.Map;

/**
 * Counts of the hits for each value of a filter.
 *
 * @param of number of documents counted: all hits of a query, or the newest documents of a list without a query
 * @param values of a filter, by the name of its query parameter: most frequent first, at most {@value #MAX_VALUES}
 * @param deliveryDays for some numbers of days, ascending
 */
public record Facets(long of, Map<String, List<Count>> values, List<Prices> prices, List<Days> deliveryDays) {
    public static final int MAX_VALUES = 20;
    public static final Facets NONE = new Facets(0, Map.of(), List.of(), List.of());

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
