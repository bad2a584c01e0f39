package io.guildhall.projections.view.market;

import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.QuantileValues;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Quantiles;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.market.MarketSample.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Counts and prices of a sample. */
final class PriceStatistics {
    /** The mean of a budget's minimum and maximum, rounded down. Their sum may not fit into a bigint. */
    static final String MEAN_BUDGET = "budget_min + (budget_max - budget_min) / 2";

    private static final String QUANTILES = """
            SELECT currency, count(*) AS amounts, percentile_disc('{0.1,0.25,0.5,0.75,0.9}'::float8[]) WITHIN GROUP (ORDER BY amount) AS points
              FROM (%s) amounts (currency, amount) GROUP BY currency ORDER BY count(*) DESC, currency
            """;

    private static final String BUDGETS = "SELECT currency, " + MEAN_BUDGET + " FROM job WHERE id = ANY(?) AND pay = ?";

    private static final String PRICES =
            "SELECT currency, price_min FROM search_document WHERE id = ANY(?) AND price_min IS NOT NULL";

    private PriceStatistics() {}

    static int openJobs(Connection connection, Part jobs) throws SQLException {
        return count(connection, "SELECT count(*) FROM job WHERE id = ANY(?) AND status = 'OPEN'", jobs.ids());
    }

    /** The number of users who offer the skill, in a profile or a gig. */
    static int providers(Connection connection, MarketSample sample) throws SQLException {
        return count(
                connection,
                "SELECT count(DISTINCT owner_id) FROM search_document WHERE id = ANY(? || ?)",
                sample.freelancers().ids(),
                sample.gigs().ids());
    }

    private static int count(Connection connection, String sql, Object... values) throws SQLException {
        return Sql.list(connection, sql, row -> row.getInt(1), values).getFirst();
    }

    static List<Quantiles> budgets(Connection connection, Part jobs, String pay) throws SQLException {
        return Sql.list(connection, QUANTILES.formatted(BUDGETS), PriceStatistics::quantiles, jobs.ids(), pay);
    }

    static List<Quantiles> prices(Connection connection, Part documents) throws SQLException {
        return Sql.list(connection, QUANTILES.formatted(PRICES), PriceStatistics::quantiles, documents.ids());
    }

    private static Quantiles quantiles(ResultSet row) throws SQLException {
        int count = row.getInt("amounts");
        if (count < MarketAnalysis.MIN_COUNT)
            return new Quantiles(
                    row.getString("currency"),
                    count,
                    Optional.empty(),
                    Optional.of("Fewer than " + MarketAnalysis.MIN_COUNT + " amounts in this currency."));
        var values = Sql.list(row, "points", Long[].class);
        var points = new QuantileValues(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
        return new Quantiles(row.getString("currency"), count, Optional.of(points), Optional.empty());
    }
}
