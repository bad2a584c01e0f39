package io.guildhall.projections.view.market;

import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Gap;
import io.guildhall.projections.readmodel.market.MarketAnalysis.RelatedSkills;
import io.guildhall.projections.readmodel.market.MarketAnalysis.Share;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The other skills of what was chosen. Two spellings of a skill that is known are one, also within one job or person. */
final class RelatedSkillCounts {
    /** Of each list. */
    private static final int MOST = 10;
    /** So many spellings, the most frequent, are looked at. */
    private static final int SPELLINGS = 1_000;

    private static final int GAP_JOBS = 3;

    private static final String WRITTEN = """
            SELECT key FROM (SELECT unnest(skill_keys) FROM job WHERE id = ANY(?)
                             UNION ALL
                             SELECT unnest(skill_keys) FROM search_document WHERE id = ANY(? || ?)) written (key)
             GROUP BY key ORDER BY count(*) DESC, key LIMIT
            """ + SPELLINGS;

    private static final String COUNTED = """
            WITH known AS (SELECT * FROM unnest(?, ?) known (key, name)),
                 asked AS (SELECT name, count(DISTINCT j.id) AS jobs
                             FROM job j CROSS JOIN unnest(j.skill_keys) key JOIN known USING (key)
                            WHERE j.id = ANY(?) GROUP BY name),
                 offered AS (SELECT name, count(DISTINCT d.owner_id) AS people
                               FROM search_document d CROSS JOIN unnest(d.skill_keys) key JOIN known USING (key)
                              WHERE d.id = ANY(? || ?) GROUP BY name)
            SELECT name, coalesce(jobs, 0) AS jobs, coalesce(people, 0) AS people FROM asked FULL JOIN offered USING (name)
            """;

    private record Counted(String name, int jobs, int people) {}

    private RelatedSkillCounts() {}

    static RelatedSkills of(Connection connection, Request asked, MarketSample chosen, int people) throws SQLException {
        var counted = counted(connection, asked, chosen);
        int jobs = chosen.jobs().read().count();
        var unknown = Optional.of("Fewer than " + MarketAnalysis.MIN_COUNT
                        + " jobs, or people who offer it: no gaps can be told.")
                .filter(_ -> Math.min(jobs, people) < MarketAnalysis.MIN_COUNT);
        return new RelatedSkills(
                shares(counted, Counted::jobs, jobs),
                shares(counted, Counted::people, people),
                unknown.isPresent() ? List.of() : gaps(counted, jobs, people),
                unknown);
    }

    private static List<Counted> counted(Connection connection, Request asked, MarketSample chosen)
            throws SQLException {
        var jobs = chosen.jobs().ids();
        var freelancers = chosen.freelancers().ids();
        var gigs = chosen.gigs().ids();
        var itself = asked.spellings().stream().map(SearchKey::from).collect(Collectors.toSet());
        var keys = new ArrayList<String>();
        var names = new ArrayList<String>();
        for (var key : Sql.list(connection, WRITTEN, row -> row.getString("key"), jobs, freelancers, gigs)) {
            var name = asked.skills().canonicalName(key).orElse(key);
            if (itself.contains(key) || itself.contains(SearchKey.from(name))) continue;
            keys.add(key);
            names.add(name);
        }
        return Sql.list(
                connection,
                COUNTED,
                row -> new Counted(row.getString("name"), row.getInt("jobs"), row.getInt("people")),
                Sql.texts(keys),
                Sql.texts(names),
                jobs,
                freelancers,
                gigs);
    }

    private static List<Share> shares(List<Counted> counted, ToIntFunction<Counted> count, int of) {
        return counted.stream()
                .filter(it -> count.applyAsInt(it) > 0)
                .sorted(Comparator.comparingInt(count).reversed().thenComparing(Counted::name))
                .limit(MOST)
                .map(it -> new Share(it.name(), count.applyAsInt(it), (double) count.applyAsInt(it) / of))
                .toList();
    }

    private static List<Gap> gaps(List<Counted> counted, int jobs, int people) {
        return counted.stream()
                .filter(it -> it.jobs() >= GAP_JOBS)
                .map(it -> new Gap(
                        it.name(), it.jobs(), (double) it.jobs() / jobs, it.people(), (double) it.people() / people))
                .filter(it -> it.offeredShare() < it.askedShare() / 2)
                .sorted(Comparator.comparingDouble((Gap it) -> it.offeredShare() - it.askedShare())
                        .thenComparing(Gap::skill))
                .limit(MOST)
                .toList();
    }
}
