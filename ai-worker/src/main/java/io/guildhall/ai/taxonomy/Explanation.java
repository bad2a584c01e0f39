package io.guildhall.ai.taxonomy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the required skills are offered. Each required skill is in exactly one of the lists, in the original order
 * and without duplicates. Skills that the taxonomy does not know are compared by their words.
 *
 * @param related required skills that are not offered, but a related skill is
 */
public record Explanation(List<Named> matched, List<RelatedOffer> related, List<Named> missing) {

    /**
     * A skill with its display name.
     *
     * @param label the canonical name, or the original text if the taxonomy does not know the skill
     * @param skill empty if the taxonomy does not know it
     */
    public record Named(String label, Optional<Skill> skill) {}

    /**
     * A required skill and the closest related skill that is offered.
     */
    public record RelatedOffer(Named required, Skill offered, double closeness) {}

    static Explanation of(Collection<String> required, Collection<String> offered, Taxonomy taxonomy) {
        Map<String, Named> byKey = named(offered, taxonomy);
        List<Named> matched = new ArrayList<>();
        List<RelatedOffer> related = new ArrayList<>();
        List<Named> missing = new ArrayList<>();
        named(required, taxonomy).forEach((key, skill) -> {
            if (byKey.containsKey(key)) matched.add(skill);
            else
                closest(skill, byKey, taxonomy)
                        .ifPresentOrElse(
                                closest -> related.add(new RelatedOffer(skill, closest.skill(), closest.closeness())),
                                () -> missing.add(skill));
        });
        return new Explanation(List.copyOf(matched), List.copyOf(related), List.copyOf(missing));
    }

    private static Map<String, Named> named(Collection<String> skills, Taxonomy taxonomy) {
        Map<String, Named> named = new LinkedHashMap<>();
        for (String each : skills) {
            Optional<Skill> skill = taxonomy.normalise(each);
            // The key of a text never begins with "=", so that it does not equal that of a known skill.
            String key = skill.map(known -> "= " + known.slug()).orElseGet(() -> Tokenizer.key(each));
            if (!key.isEmpty())
                named.putIfAbsent(key, new Named(skill.map(Skill::name).orElse(each.strip()), skill));
        }
        return named;
    }

    private static Optional<Related> closest(Named required, Map<String, Named> offered, Taxonomy taxonomy) {
        return required.skill()
                .flatMap(skill -> taxonomy.related(skill).stream()
                        .filter(related ->
                                offered.containsKey("= " + related.skill().slug()))
                        .findFirst());
    }
}
