package io.guildhall.projections.view.market;

import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.market.MarketAnalyses.Request;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import io.guildhall.projections.readmodel.market.MarketAnalysis.RelatedSkills;
import io.guildhall.projections.readmodel.market.MarketAnalysis.SkillGap;
import io.guildhall.projections.readmodel.market.MarketAnalysis.SkillShare;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Counts the other skills that a sample names. Several names of a known skill count as one, also within one job or
 * user.
 */
final class RelatedSkillCounts {
    private static final int MAX_SKILLS = 10;
    /** Only the most frequent names are considered. */
    private static final int MAX_NAMES = 1_000;

    private static final int MIN_GAP_JOBS = 3;

    private static final String NAMES = """
            SELECT key FROM (SELECT unnest(skill_keys) FROM job WHERE id = ANY(?)
                             UNION ALL
                             SELECT unnest(skill_keys) FROM search_document WHERE id = ANY(? || ?)) named (key)
             GROUP BY key ORDER BY count(*) DESC, key LIMIT
            """ + MAX_NAMES;

    private static final String COUNTS = """
            WITH known AS (SELECT * FROM unnest(?, ?) known (key, name)),
                 required AS (SELECT name, count(DISTINCT j.id) AS jobs
                                FROM job j CROSS JOIN unnest(j.skill_keys) key JOIN known USING (key)
                               WHERE j.id = ANY(?) GROUP BY name),
                 offered AS (SELECT name, count(DISTINCT d.owner_id) AS providers
                               FROM search_document d CROSS JOIN unnest(d.skill_keys) key JOIN known USING (key)
                              WHERE d.id = ANY(? || ?) GROUP BY name)
            SELECT name, coalesce(jobs, 0) AS jobs, coalesce(providers, 0) AS providers FROM required FULL JOIN offered USING (name)
            """;

    private record SkillCount(String name, int jobs, int providers) {}

    private RelatedSkillCounts() {}

    /** @param providers number of users in the sample who offer the analysed skill */
    static RelatedSkills count(Connection connection, Request request, MarketSample sample, int providers)
            throws SQLException {
        var counts = counts(connection, request, sample);
        int jobs = sample.jobs().summary().count();
        var reason = Optional.of("Gaps require at least " + MarketAnalysis.MIN_COUNT
                        + " jobs and as many users who offer the skill.")
                .filter(_ -> Math.min(jobs, providers) < MarketAnalysis.MIN_COUNT);
        return new RelatedSkills(
                shares(counts, SkillCount::jobs, jobs),
                shares(counts, SkillCount::providers, providers),
                reason.isPresent() ? List.of() : gaps(counts, jobs, providers),
                reason);
    }

    private static List<SkillCount> counts(Connection connection, Request request, MarketSample sample)
            throws SQLException {
        var jobs = sample.jobs().ids();
        var freelancers = sample.freelancers().ids();
        var gigs = sample.gigs().ids();
        var analysed = request.spellings().stream().map(SearchKey::from).collect(Collectors.toSet());
        var keys = new ArrayList<String>();
        var names = new ArrayList<String>();
        for (var key : Sql.list(connection, NAMES, row -> row.getString("key"), jobs, freelancers, gigs)) {
            var name = request.skills().canonicalName(key).orElse(key);
            if (analysed.contains(key) || analysed.contains(SearchKey.from(name))) continue;
            keys.add(key);
            names.add(name);
        }
        return Sql.list(
                connection,
                COUNTS,
                row -> new SkillCount(row.getString("name"), row.getInt("jobs"), row.getInt("providers")),
                Sql.texts(keys),
                Sql.texts(names),
                jobs,
                freelancers,
                gigs);
    }

    private static List<SkillShare> shares(List<SkillCount> counts, ToIntFunction<SkillCount> count, int total) {
        return counts.stream()
                .filter(it -> count.applyAsInt(it) > 0)
                .sorted(Comparator.comparingInt(count).reversed().thenComparing(SkillCount::name))
                .limit(MAX_SKILLS)
                .map(it -> new SkillShare(it.name(), count.applyAsInt(it), (double) count.applyAsInt(it) / total))
                .toList();
    }

    private static List<SkillGap> gaps(List<SkillCount> counts, int jobs, int providers) {
        return counts.stream()
                .filter(it -> it.jobs() >= MIN_GAP_JOBS)
                .map(it -> new SkillGap(
                        it.name(),
                        it.jobs(),
                        (double) it.jobs() / jobs,
                        it.providers(),
                        (double) it.providers() / providers))
                .filter(it -> it.offeredShare() < it.requiredShare() / 2)
                .sorted(Comparator.comparingDouble((SkillGap it) -> it.offeredShare() - it.requiredShare())
                        .thenComparing(SkillGap::skill))
                .limit(MAX_SKILLS)
                .toList();
    }
}
