package io.guildhall.projections.view.search;

import io.guildhall.projections.readmodel.search.Facets;
import io.guildhall.projections.readmodel.search.Facets.Count;
import io.guildhall.projections.readmodel.search.Facets.Days;
import io.guildhall.projections.readmodel.search.Facets.Prices;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Counts documents, which a statement names. */
final class SqlFacets {
    private static final String SPANS = "VALUES (1), (3), (7), (14), (30)";

    private SqlFacets() {}

    /** @param chosen a query of documents, {@code d}, constant but for its places for values */
    static Facets count(Connection connection, String chosen, Object... values) throws SQLException {
        long of = Sql.list(connection, "SELECT count(*) FROM (" + chosen + ") d", row -> row.getLong(1), values)
                .getFirst();
        if (of == 0) return new Facets(0, List.of(), List.of(), List.of(), List.of());
        return new Facets(
                of,
                counts(connection, chosen, "category_key", "category", "", values),
                counts(connection, chosen, "lower(skill)", "skill", "CROSS JOIN unnest(d.skills) skill", values),
                prices(connection, chosen, values),
                delivery(connection, chosen, values));
    }

    private static List<Count> counts(
            Connection connection, String chosen, String key, String shown, String more, Object... values)
            throws SQLException {
        return Sql.list(
                connection,
                "SELECT min(%s), count(*) FROM (%s) d %s WHERE %s <> '' GROUP BY %s ORDER BY count(*) DESC, min(%s) LIMIT %d"
                        .formatted(shown, chosen, more, key, key, shown, Facets.MAX_VALUES),
                row -> new Count(row.getString(1), row.getLong(2)),
                values);
    }

    private static List<Prices> prices(Connection connection, String chosen, Object... values) throws SQLException {
        return Sql.list(
                connection,
                """
                SELECT currency, count(*), min(price_min), percentile_disc(0.5) WITHIN GROUP (ORDER BY price_min), max(price_max)
                  FROM (%s) d WHERE price_min IS NOT NULL GROUP BY currency ORDER BY count(*) DESC, currency
                """.formatted(chosen),
                row -> new Prices(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                values);
    }

    private static List<Days> delivery(Connection connection, String chosen, Object... values) throws SQLException {
        return Sql.list(
                connection, """
                SELECT span.days, count(*) FROM (%s) d JOIN (%s) span (days) ON d.delivery_days <= span.days GROUP BY span.days ORDER BY span.days
                """.formatted(chosen, SPANS), row -> new Days(row.getInt(1), row.getLong(2)), values);
    }
}
