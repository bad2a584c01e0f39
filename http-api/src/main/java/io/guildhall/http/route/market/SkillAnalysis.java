package io.guildhall.http.route.market;

import io.guildhall.port.Skills;
import io.guildhall.projections.readmodel.market.MarketAnalysis;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a skill on the market.
 *
 * @param asked as it was written
 * @param skill what it is called; missing where no such skill is known, and then only what is written exactly like this was read
 * @param near skills that may have been meant, where it is not known
 * @param market missing where nobody asks for it or offers it
 * @param unknown why there is nothing
 */
public record SkillAnalysis(
        String asked,
        Optional<String> skill,
        List<String> near,
        Optional<MarketAnalysis> market,
        Optional<String> unknown) {
    private static final String NOTHING =
            "Nothing is known: no published job asks for it, and nobody listed offers it.";

    static SkillAnalysis of(String asked, MarketAnalysis market, Skills skills) {
        var skill = skills.canonicalName(asked);
        boolean isNothing = market.sample().hasNoData();
        return new SkillAnalysis(
                asked,
                skill,
                skill.isPresent() ? List.of() : skills.suggestions(asked),
                Optional.of(market).filter(_ -> !isNothing),
                Optional.of(NOTHING).filter(_ -> isNothing));
    }
}
