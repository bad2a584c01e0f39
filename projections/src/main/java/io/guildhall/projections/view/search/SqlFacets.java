package io.guildhall.projections.view.search;

import io.guildhall.projections.readmodel.search.Facets;
import io.guildhall.projections.readmodel.search.Facets.DeliveryDaysCount;
import io.guildhall.projections.readmodel.search.Facets.PriceSummary;
import io.guildhall.projections.readmodel.search.Facets.ValueCount;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;

/** Counts facets over the documents that a query selects. */
final class SqlFacets {
    private static final String VALUES = """
            SELECT min(%1$s), count(*) FROM (%3$s) d %4$s WHERE %2$s <> '' GROUP BY %2$s ORDER BY count(*) DESC, min(%1$s) LIMIT %5$d
            """;

    private static final String PRICES = """
            SELECT currency, count(*), min(price_min), percentile_disc(0.5) WITHIN GROUP (ORDER BY price_min), max(price_max)
              FROM (%s) d WHERE price_min IS NOT NULL GROUP BY currency ORDER BY count(*) DESC, currency
            """;

    private static final String DELIVERY_DAYS = """
            SELECT step.days, count(*) FROM (%s) d JOIN (VALUES (1), (3), (7), (14), (30)) step (days) ON d.delivery_days <= step.days
             GROUP BY step.days ORDER BY step.days
            """;

    private SqlFacets() {}

    /** @param documents constant SQL that selects documents, with a {@code ?} for each value */
    static Facets count(Connection connection, String documents, Object... values) throws SQLException {
        long total = Sql.list(connection, "SELECT count(*) FROM (" + documents + ") d", row -> row.getLong(1), values)
                .getFirst();
        if (total == 0) return Facets.NONE;
        var counts = new LinkedHashMap<String, List<ValueCount>>();
        for (var facet : Document.FACETS) counts.put(facet.name(), facet.count(connection, documents, values));
        return new Facets(
                total, counts, prices(connection, documents, values), deliveryDays(connection, documents, values));
    }

    /**
     * Counts the documents of each value.
     *
     * @param name of the query parameter that filters by it
     * @param shown the SQL of the value
     * @param key the SQL of what makes two values equal; blank ones are left out
     */
    record ValueFacet(String name, String shown, String key, String join) {
        private List<ValueCount> count(Connection connection, String documents, Object... values) throws SQLException {
            return Sql.list(
                    connection,
                    VALUES.formatted(shown, key, documents, join, Facets.MAX_VALUES),
                    row -> new ValueCount(row.getString(1), row.getLong(2)),
                    values);
        }
    }

    private static List<PriceSummary> prices(Connection connection, String documents, Object... values)
            throws SQLException {
        return Sql.list(
                connection,
                PRICES.formatted(documents),
                row -> new PriceSummary(
                        row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                values);
    }

    private static List<DeliveryDaysCount> deliveryDays(Connection connection, String documents, Object... values)
            throws SQLException {
        return Sql.list(
                connection,
                DELIVERY_DAYS.formatted(documents),
                row -> new DeliveryDaysCount(row.getInt(1), row.getLong(2)),
                values);
    }
}
