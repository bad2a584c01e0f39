package io.guildhall.projections.readmodel.search;

import java.util.List;
import java.util.Map;

/**
 * Counts of the hits for each value of a filter.
 *
 * @param documents number of documents counted: all hits of a query, or the newest documents of a list without a query
 * @param values of a filter, by the name of its query parameter: most frequent first, at most {@value #MAX_VALUES}
 * @param deliveryDays for some numbers of days, ascending
 */
public record Facets(
        long documents,
        Map<String, List<ValueCount>> values,
        List<PriceSummary> prices,
        List<DeliveryDaysCount> deliveryDays) {
    public static final int MAX_VALUES = 20;
    public static final Facets NONE = new Facets(0, Map.of(), List.of(), List.of());

    public record ValueCount(String value, long count) {}

    /**
     * Prices in minor units of a currency.
     *
     * @param lowest the lowest minimum price
     * @param median of the minimum prices
     * @param highest the highest maximum price
     */
    public record PriceSummary(String currency, long count, long lowest, long median, long highest) {}

    /** @param count number of documents that take at most that many days */
    public record DeliveryDaysCount(int atMost, long count) {}
}
