package io.guildhall.projections.view.market;

import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Points;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Quantiles;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.market.MarketSample.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How many, and for how much. */
final class PriceStatistics {
    /** Half way between the ends of a budget, rounded down; their sum may not fit. */
    static final String MIDDLE = "budget_min + (budget_max - budget_min) / 2";

    private static final String QUANTILES = """
            SELECT currency, count(*) AS of, percentile_disc('{0.1,0.25,0.5,0.75,0.9}'::float8[]) WITHIN GROUP (ORDER BY amount) AS points
              FROM (%s) named (currency, amount) GROUP BY currency ORDER BY count(*) DESC, currency
            """;

    private PriceStatistics() {}

    static int open(Connection connection, Part jobs) throws SQLException {
        return count(connection, "SELECT count(*) FROM job WHERE id = ANY(?) AND status = 'OPEN'", jobs.ids());
    }

    static int people(Connection connection, MarketSample chosen) throws SQLException {
        return count(
                connection,
                "SELECT count(DISTINCT owner_id) FROM search_document WHERE id = ANY(? || ?)",
                chosen.freelancers().ids(),
                chosen.gigs().ids());
    }

    private static int count(Connection connection, String sql, Object... values) throws SQLException {
        return Sql.list(connection, sql, row -> row.getInt(1), values).getFirst();
    }

    static List<Quantiles> budgets(Connection connection, Part jobs, String pay) throws SQLException {
        var amounts = "SELECT currency, " + MIDDLE + " FROM job WHERE id = ANY(?) AND pay = ?";
        return Sql.list(connection, QUANTILES.formatted(amounts), PriceStatistics::quantiles, jobs.ids(), pay);
    }

    static List<Quantiles> prices(Connection connection, Part documents) throws SQLException {
        var amounts = "SELECT currency, price_min FROM search_document WHERE id = ANY(?) AND price_min IS NOT NULL";
        return Sql.list(connection, QUANTILES.formatted(amounts), PriceStatistics::quantiles, documents.ids());
    }

    private static Quantiles quantiles(ResultSet row) throws SQLException {
        int of = row.getInt("of");
        if (of < MarketAnalysis.MIN_COUNT)
            return new Quantiles(
                    row.getString("currency"),
                    of,
                    Optional.empty(),
                    Optional.of("Fewer than " + MarketAnalysis.MIN_COUNT + " amounts in this currency."));
        var at = Sql.list(row, "points", Long[].class);
        var points = new Points(at.get(0), at.get(1), at.get(2), at.get(3), at.get(4));
        return new Quantiles(row.getString("currency"), of, Optional.of(points), Optional.empty());
    }
}
