package io.guildhall.http.route.market;

import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import java.util.List;
import java.util.Optional;

/**
 * The market of a skill.
 *
 * @param query the skill as the caller wrote it
 * @param skill its canonical name; absent for an unknown skill, and then only exact occurrences of the query count
 * @param suggestions known skills with a similar name, if the skill is unknown
 * @param market absent if no job requires the skill and no freelancer or gig offers it
 * @param reason why there is no analysis
 */
public record SkillAnalysis(
        String query,
        Optional<String> skill,
        List<String> suggestions,
        Optional<MarketAnalysis> market,
        Optional<String> reason) {
    private static final String NO_DATA =
            "No published job requires this skill, and no listed freelancer or gig offers it.";

    static SkillAnalysis of(String query, MarketAnalysis market, Skills skills) {
        var skill = skills.canonicalName(query);
        boolean isEmpty = market.sample().hasNoData();
        return new SkillAnalysis(
                query,
                skill,
                skill.isPresent() ? List.of() : skills.suggestions(query),
                Optional.of(market).filter(_ -> !isEmpty),
                Optional.of(NO_DATA).filter(_ -> isEmpty));
    }
}
