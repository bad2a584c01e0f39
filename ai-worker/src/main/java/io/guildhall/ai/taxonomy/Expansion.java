package io.guildhall.ai.taxonomy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A search text with further terms to search for.
 *
 * @param query the original text
 * @param mentioned the skills that the text mentions, in text order
 * @param terms highest weight first, without duplicates and without terms that the text contains
 */
public record Expansion(String query, List<Skill> mentioned, List<Term> terms) {
    private static final int MAX_SKILLS = 6;
    private static final int MAX_ALIASES = 8;
    private static final int MAX_RELATED = 5;
    private static final double ALIAS_WEIGHT = 0.8;

    /** How a term is related to the skill that the text mentions. */
    public enum Relation {
        SAME_SKILL,
        RELATED_SKILL
    }

    /**
     * @param weight above 0, up to 1. The words of the text itself have weight 1
     * @param skill whose name the term is
     */
    public record Term(String text, double weight, Relation relation, Skill skill) {}

    static Expansion of(String query, List<Skill> mentioned, Taxonomy taxonomy) {
        List<Term> terms = new ArrayList<>();
        for (Skill skill : mentioned.stream().limit(MAX_SKILLS).toList()) {
            terms.add(new Term(skill.name(), 1, Relation.SAME_SKILL, skill));
            skill.aliases().stream()
                    .limit(MAX_ALIASES)
                    .forEach(alias -> terms.add(new Term(alias, ALIAS_WEIGHT, Relation.SAME_SKILL, skill)));
            taxonomy.related(skill).stream()
                    .filter(related -> !mentioned.contains(related.skill()))
                    .limit(MAX_RELATED)
                    .forEach(related -> terms.add(new Term(
                            related.skill().name(), related.closeness(), Relation.RELATED_SKILL, related.skill())));
        }
        return new Expansion(query, mentioned, withoutRepeats(Tokenizer.key(query), terms));
    }

    private static List<Term> withoutRepeats(String query, List<Term> terms) {
        Map<String, Term> best = new LinkedHashMap<>();
        terms.stream()
                .sorted(Comparator.comparingDouble(Term::weight).reversed())
                .forEach(term -> best.putIfAbsent(Tokenizer.key(term.text()), term));
        String padded = " " + query + " ";
        return best.entrySet().stream()
                .filter(term -> !padded.contains(" " + term.getKey() + " "))
                .map(Map.Entry::getValue)
                .toList();
    }
}
