package io.guildhall.ai.taxonomy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query and what else answers it.
 *
 * @param query as it was asked
 * @param spokenOf the skills it names, in its order
 * @param terms what to search for beside its own words, the weightiest first; never one of the query's own, never one twice
 */
public record Expansion(String query, List<Skill> mentioned, List<Term> terms) {
    private static final int MAX_SKILLS = 6;
    private static final int MAX_ALIASES = 8;
    private static final int MAX_RELATED = 5;
    private static final double ALIAS_WEIGHT = 0.8;

    /** Why a term answers the query. */
    public enum Relation {
        SAME_SKILL,
        RELATED_SKILL
    }

    /**
     * @param weight of 1, which is what the query's own words weigh; above 0
     * @param skill that it is a name of
     */
    public record Term(String text, double weight, Relation relation, Skill skill) {}

    static Expansion of(String query, List<Skill> spokenOf, Taxonomy taxonomy) {
        List<Term> terms = new ArrayList<>();
        for (Skill skill : spokenOf.stream().limit(MAX_SKILLS).toList()) {
            terms.add(new Term(skill.name(), 1, Relation.SAME_SKILL, skill));
            skill.aliases().stream()
                    .limit(MAX_ALIASES)
                    .forEach(alias -> terms.add(new Term(alias, ALIAS_WEIGHT, Relation.SAME_SKILL, skill)));
            taxonomy.related(skill).stream()
                    .filter(near -> !spokenOf.contains(near.skill()))
                    .limit(MAX_RELATED)
                    .forEach(near -> terms.add(
                            new Term(near.skill().name(), near.closeness(), Relation.RELATED_SKILL, near.skill())));
        }
        return new Expansion(query, spokenOf, withoutRepeats(Tokenizer.key(query), terms));
    }

    private static List<Term> withoutRepeats(String query, List<Term> terms) {
        Map<String, Term> best = new LinkedHashMap<>();
        terms.stream()
                .sorted(Comparator.comparingDouble(Term::weight).reversed())
                .forEach(term -> best.putIfAbsent(Tokenizer.key(term.text()), term));
        String said = " " + query + " ";
        return best.entrySet().stream()
                .filter(term -> !said.contains(" " + term.getKey() + " "))
                .map(Map.Entry::getValue)
                .toList();
    }
}
