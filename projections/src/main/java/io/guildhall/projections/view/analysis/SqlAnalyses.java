package io.guildhall.projections.view.analysis;

import io.guildhall.projections.readmodel.Analyses;
import io.guildhall.projections.readmodel.MarketAnalysis;
import io.guildhall.projections.readmodel.MarketAnalysis.Demand;
import io.guildhall.projections.readmodel.MarketAnalysis.Sample;
import io.guildhall.projections.readmodel.MarketAnalysis.Supply;
import io.guildhall.projections.store.Reading;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Over the jobs and the documents of what can be found: first what is read is chosen, then it is counted, all in one transaction that sees one instant. */
public final class SqlAnalyses implements Analyses {
    private final Reading reading;

    public SqlAnalyses(Reading reading) {
        this.reading = reading;
    }

    @Override
    public CompletionStage<MarketAnalysis> of(Asked asked) {
        return reading.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            }
            return of(connection, asked);
        });
    }

    private static MarketAnalysis of(Connection connection, Asked asked) throws SQLException {
        var chosen = Chosen.of(connection, asked);
        var supply = supply(connection, chosen);
        var demand = demand(connection, chosen, supply.people());
        return new MarketAnalysis(
                new Sample(
                        chosen.jobs().read(),
                        chosen.freelancers().read(),
                        chosen.gigs().read()),
                demand,
                supply,
                Beside.of(connection, asked, chosen, supply.people()),
                Weeks.trend(connection, asked, chosen));
    }

    private static Supply supply(Connection connection, Chosen chosen) throws SQLException {
        return new Supply(
                chosen.freelancers().read().count(),
                chosen.gigs().read().count(),
                Amounts.people(connection, chosen),
                Amounts.prices(connection, chosen.freelancers()),
                Amounts.prices(connection, chosen.gigs()));
    }

    private static Demand demand(Connection connection, Chosen chosen, int people) throws SQLException {
        int open = Amounts.open(connection, chosen.jobs());
        var unknown = whyNoRatio(chosen, people);
        return new Demand(
                chosen.jobs().read().count(),
                open,
                Amounts.budgets(connection, chosen.jobs(), "FIXED"),
                Amounts.budgets(connection, chosen.jobs(), "HOURLY"),
                unknown.isPresent() ? Optional.empty() : Optional.of((double) open / people),
                unknown);
    }

    private static Optional<String> whyNoRatio(Chosen chosen, int people) {
        if (people == 0) return Optional.of("Nobody offers it.");
        return chosen.isAll()
                ? Optional.empty()
                : Optional.of("There is more than the sample holds; a larger one may tell.");
    }
}
