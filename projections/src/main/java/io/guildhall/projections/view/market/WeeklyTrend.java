package io.guildhall.projections.view.market;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.SamplePart;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Trend;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Week;
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

/** What was chosen, by the week in which it came. */
final class WeeklyTrend {
    private static final String WEEK = "date_trunc('week', %s AT TIME ZONE 'UTC')::date";
    private static final String JOBS = "SELECT " + WEEK.formatted("published_at") + " AS week, count(*) FROM job";
    private static final String LISTED = "SELECT " + WEEK.formatted("listed_at") + ", count(*) FROM search_document";
    private static final String MEDIANS =
            """
            SELECT %s AS week, currency, percentile_disc(0.5) WITHIN GROUP (ORDER BY %s) AS median
              FROM job WHERE id = ANY(?) AND pay = 'FIXED' GROUP BY week, currency HAVING count(*) >= %d ORDER BY week, currency
            """.formatted(WEEK.formatted("published_at"), PriceStatistics.MIDDLE, MarketAnalysis.MIN_COUNT);

    private record Median(LocalDate week, Money amount) {}

    private WeeklyTrend() {}

    static Trend trend(Connection connection, Request asked, MarketSample chosen) throws SQLException {
        var running = LocalDate.ofInstant(asked.now(), ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var jobs = counts(connection, JOBS, chosen.jobs());
        var freelancers = counts(connection, LISTED, chosen.freelancers());
        var gigs = counts(connection, LISTED, chosen.gigs());
        var medians = medians(connection, chosen.jobs());
        var weeks = LongStream.range(0, asked.weeks())
                .mapToObj(back -> running.minusWeeks(asked.weeks() - 1 - back))
                .map(from -> {
                    var jobsThen = count(jobs, chosen.jobs().read(), from);
                    return new Week(
                            from,
                            from.isBefore(running),
                            jobsThen,
                            count(freelancers, chosen.freelancers().read(), from),
                            count(gigs, chosen.gigs().read(), from),
                            jobsThen.isPresent() ? medians.getOrDefault(from, List.of()) : List.of());
                })
                .toList();
        return trend(weeks);
    }

    private static Map<LocalDate, Integer> counts(Connection connection, String sql, Part part) throws SQLException {
        var counts = new HashMap<LocalDate, Integer>();
        Sql.list(
                connection,
                sql + " WHERE id = ANY(?) GROUP BY 1",
                row -> counts.put(row.getObject(1, LocalDate.class), row.getInt(2)),
                part.ids());
        return counts;
    }

    private static Map<LocalDate, List<Money>> medians(Connection connection, Part jobs) throws SQLException {
        return Sql.list(
                        connection,
                        MEDIANS,
                        row -> new Median(
                                row.getObject("week", LocalDate.class),
                                new Money(row.getLong("median"), row.getString("currency"))),
                        jobs.ids())
                .stream()
                .collect(Collectors.groupingBy(Median::week, Collectors.mapping(Median::amount, Collectors.toList())));
    }

    /** Nothing where the week began before all that was read, and there may be more. */
    private static OptionalInt count(Map<LocalDate, Integer> counts, SamplePart read, LocalDate from) {
        var begins = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        boolean isKnown = read.isAll() || read.from().orElseThrow().isBefore(begins);
        return isKnown ? OptionalInt.of(counts.getOrDefault(from, 0)) : OptionalInt.empty();
    }

    private static Trend trend(List<Week> weeks) {
        var over = weeks.stream().filter(Week::isOver).toList();
        int half = over.size() / 2;
        if (half == 0) return without(weeks, "Ask for three weeks at least: two that are over, and the running one.");
        var earlier = over.subList(over.size() - 2 * half, over.size() - half);
        if (earlier.stream().anyMatch(it -> it.jobs().isEmpty()))
            return without(weeks, "The sample does not reach back so far; a larger one may tell.");
        int before = jobs(earlier);
        if (before < MarketAnalysis.MIN_COUNT)
            return without(weeks, "Fewer than " + MarketAnalysis.MIN_COUNT + " jobs in the earlier half.");
        int after = jobs(over.subList(over.size() - half, over.size()));
        return new Trend(weeks, Optional.of((double) after / before - 1), Optional.empty());
    }

    private static Trend without(List<Week> weeks, String why) {
        return new Trend(weeks, Optional.empty(), Optional.of(why));
    }

    private static int jobs(List<Week> weeks) {
        return weeks.stream().mapToInt(it -> it.jobs().orElseThrow()).sum();
    }
}
