package io.guildhall.projections.view.market;

import io.guildhall.projections.readmodel.market.MarketAnalyses;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Demand;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Sample;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Supply;
import io.guildhall.projections.store.ReadDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Over the jobs and the documents of what can be found: first what is read is chosen, then it is counted, all in one transaction that sees one instant. */
public final class SqlMarketAnalyses implements MarketAnalyses {
    private final ReadDatabase reading;

    public SqlMarketAnalyses(ReadDatabase reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<MarketAnalysis> analyse(Request asked) {
        return reading.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            }
            return of(connection, asked);
        });
    }

    private static MarketAnalysis of(Connection connection, Request asked) throws SQLException {
        var chosen = MarketSample.of(connection, asked);
        var supply = supply(connection, chosen);
        var demand = demand(connection, chosen, supply.people());
        return new MarketAnalysis(
                new Sample(
                        chosen.jobs().read(),
                        chosen.freelancers().read(),
                        chosen.gigs().read()),
                demand,
                supply,
                RelatedSkillCounts.of(connection, asked, chosen, supply.people()),
                WeeklyTrend.trend(connection, asked, chosen));
    }

    private static Supply supply(Connection connection, MarketSample chosen) throws SQLException {
        return new Supply(
                chosen.freelancers().read().count(),
                chosen.gigs().read().count(),
                PriceStatistics.people(connection, chosen),
                PriceStatistics.prices(connection, chosen.freelancers()),
                PriceStatistics.prices(connection, chosen.gigs()));
    }

    private static Demand demand(Connection connection, MarketSample chosen, int people) throws SQLException {
        int open = PriceStatistics.open(connection, chosen.jobs());
        var unknown = whyNoRatio(chosen, people);
        return new Demand(
                chosen.jobs().read().count(),
                open,
                PriceStatistics.budgets(connection, chosen.jobs(), "FIXED"),
                PriceStatistics.budgets(connection, chosen.jobs(), "HOURLY"),
                unknown.isPresent() ? Optional.empty() : Optional.of((double) open / people),
                unknown);
    }

    private static Optional<String> whyNoRatio(MarketSample chosen, int people) {
        if (people == 0) return Optional.of("Nobody offers it.");
        return chosen.isAll()
                ? Optional.empty()
                : Optional.of("There is more than the sample holds; a larger one may tell.");
    }
}
