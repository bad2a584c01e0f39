package io.guildhall.projections.view.market;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.SamplePart;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Trend;
import io.guildhall.projections.readmodel.market.MarketAnalysis.TrendWeek;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.market.MarketSample.Part;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Counts a sample by the week in which each job was published and each document was listed. */
final class WeeklyTrend {
    private static final String WEEK = "date_trunc('week', %s AT TIME ZONE 'UTC')::date";

    private static final String JOBS =
            "SELECT " + WEEK.formatted("published_at") + " AS week, count(*) FROM job WHERE id = ANY(?) GROUP BY 1";

    private static final String LISTED =
            "SELECT " + WEEK.formatted("listed_at") + ", count(*) FROM search_document WHERE id = ANY(?) GROUP BY 1";

    private static final String MEDIAN_BUDGETS =
            """
            SELECT %s AS week, currency, percentile_disc(0.5) WITHIN GROUP (ORDER BY %s) AS median
              FROM job WHERE id = ANY(?) AND pay = 'FIXED' GROUP BY week, currency HAVING count(*) >= %d ORDER BY week, currency
            """.formatted(WEEK.formatted("published_at"), PriceStatistics.MEAN_BUDGET, MarketAnalysis.MIN_COUNT);

    private record Median(LocalDate week, Money amount) {}

    private WeeklyTrend() {}

    static Trend compute(Connection connection, Request request, MarketSample sample) throws SQLException {
        var currentWeek = LocalDate.ofInstant(request.now(), ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var jobCounts = counts(connection, JOBS, sample.jobs());
        var freelancerCounts = counts(connection, LISTED, sample.freelancers());
        var gigCounts = counts(connection, LISTED, sample.gigs());
        var medians = medianBudgets(connection, sample.jobs());
        var weeks = LongStream.range(0, request.weeks())
                .mapToObj(i -> currentWeek.minusWeeks(request.weeks() - 1 - i))
                .map(from -> {
                    var jobs = count(jobCounts, sample.jobs().summary(), from);
                    return new TrendWeek(
                            from,
                            from.isBefore(currentWeek),
                            jobs,
                            count(freelancerCounts, sample.freelancers().summary(), from),
                            count(gigCounts, sample.gigs().summary(), from),
                            jobs.isPresent() ? medians.getOrDefault(from, List.of()) : List.of());
                })
                .toList();
        return trend(weeks);
    }

    private static Map<LocalDate, Integer> counts(Connection connection, String sql, Part part) throws SQLException {
        var counts = new HashMap<LocalDate, Integer>();
        Sql.list(connection, sql, row -> counts.put(row.getObject(1, LocalDate.class), row.getInt(2)), part.ids());
        return counts;
    }

    private static Map<LocalDate, List<Money>> medianBudgets(Connection connection, Part jobs) throws SQLException {
        return Sql.list(
                        connection,
                        MEDIAN_BUDGETS,
                        row -> new Median(
                                row.getObject("week", LocalDate.class),
                                new Money(row.getLong("median"), row.getString("currency"))),
                        jobs.ids())
                .stream()
                .collect(Collectors.groupingBy(Median::week, Collectors.mapping(Median::amount, Collectors.toList())));
    }

    /** Empty if the sample may not contain the whole week. */
    private static OptionalInt count(Map<LocalDate, Integer> counts, SamplePart part, LocalDate from) {
        var start = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        boolean isKnown = part.complete() || part.oldestAt().orElseThrow().isBefore(start);
        return isKnown ? OptionalInt.of(counts.getOrDefault(from, 0)) : OptionalInt.empty();
    }

    private static Trend trend(List<TrendWeek> weeks) {
        var completed = weeks.stream().filter(TrendWeek::completed).toList();
        int half = completed.size() / 2;
        if (half == 0)
            return withoutChange(
                    weeks, "A change requires at least three weeks: two completed ones and the current one.");
        var earlier = completed.subList(completed.size() - 2 * half, completed.size() - half);
        if (earlier.stream().anyMatch(it -> it.jobs().isEmpty()))
            return withoutChange(weeks, "The sample does not reach back far enough. Request a larger sample.");
        int jobsBefore = jobs(earlier);
        if (jobsBefore < MarketAnalysis.MIN_COUNT)
            return withoutChange(weeks, "Fewer than " + MarketAnalysis.MIN_COUNT + " jobs in the earlier half.");
        int jobsAfter = jobs(completed.subList(completed.size() - half, completed.size()));
        return new Trend(weeks, Optional.of((double) jobsAfter / jobsBefore - 1), Optional.empty());
    }

    private static Trend withoutChange(List<TrendWeek> weeks, String reason) {
        return new Trend(weeks, Optional.empty(), Optional.of(reason));
    }

    private static int jobs(List<TrendWeek> weeks) {
        return weeks.stream().mapToInt(it -> it.jobs().orElseThrow()).sum();
    }
}
