package io.guildhall.projections.view.market;

import io.guildhall.projections.readmodel.market.MarketAnalyses;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Demand;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Sample;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Supply;
import io.guildhall.projections.store.ReadDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Selects a sample of jobs and documents, and computes all figures from it in one transaction with one snapshot. */
public final class SqlMarketAnalyses implements MarketAnalyses {
    private static final List<String> TABLES = List.of("job", "search_document");

    private final ReadDatabase database;

    public SqlMarketAnalyses(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<MarketAnalysis> analyse(Request request) {
        return database.inSnapshot(TABLES, connection -> analyse(connection, request));
    }

    private static MarketAnalysis analyse(Connection connection, Request request) throws SQLException {
        var sample = MarketSample.select(connection, request);
        var supply = supply(connection, sample);
        var demand = demand(connection, sample, supply.users());
        return new MarketAnalysis(
                new Sample(
                        sample.jobs().summary(),
                        sample.freelancers().summary(),
                        sample.gigs().summary()),
                demand,
                supply,
                RelatedSkillCounts.count(connection, request, sample, supply.users()),
                WeeklyTrend.compute(connection, request, sample));
    }

    private static Supply supply(Connection connection, MarketSample sample) throws SQLException {
        return new Supply(
                sample.freelancers().summary().count(),
                sample.gigs().summary().count(),
                PriceStatistics.providers(connection, sample),
                PriceStatistics.prices(connection, sample.freelancers()),
                PriceStatistics.prices(connection, sample.gigs()));
    }

    private static Demand demand(Connection connection, MarketSample sample, int providers) throws SQLException {
        int open = PriceStatistics.openJobs(connection, sample.jobs());
        var reason = reasonWithoutRatio(sample, providers);
        return new Demand(
                sample.jobs().summary().count(),
                open,
                PriceStatistics.budgets(connection, sample.jobs(), "FIXED"),
                PriceStatistics.budgets(connection, sample.jobs(), "HOURLY"),
                reason.isPresent() ? Optional.empty() : Optional.of((double) open / providers),
                reason);
    }

    /** Why the ratio of open jobs to users who offer the skill cannot be computed; empty if it can. */
    private static Optional<String> reasonWithoutRatio(MarketSample sample, int providers) {
        if (providers == 0) return Optional.of("No freelancer offers this skill.");
        return sample.isComplete()
                ? Optional.empty()
                : Optional.of("The sample does not contain all jobs, freelancers and gigs. Request a larger sample.");
    }
}
