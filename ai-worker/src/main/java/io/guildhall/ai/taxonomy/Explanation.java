package io.guildhall.ai.taxonomy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How what is offered covers what is wanted. Each wanted skill stands in exactly one of the lists, in the order in which it was
 * wanted, once. What the taxonomy does not know is compared by its words.
 */
public record Explanation(List<Named> matched, List<RelatedOffer> related, List<Named> missing) {

    /**
     * A skill as it is shown.
     *
     * @param label the taxonomy's name for it or, where it knows none, what was written
     * @param skill empty where the taxonomy knows none
     */
    public record Named(String label, Optional<Skill> skill) {}

    /**
     * Wanted, not offered, but something beside it is.
     *
     * @param by the closest of what is offered
     */
    public record RelatedOffer(Named wanted, Skill offered, double closeness) {}

    static Explanation of(Collection<String> wanted, Collection<String> offered, Taxonomy taxonomy) {
        Map<String, Named> have = named(offered, taxonomy);
        List<Named> matched = new ArrayList<>();
        List<RelatedOffer> nearly = new ArrayList<>();
        List<Named> missing = new ArrayList<>();
        named(wanted, taxonomy).forEach((key, want) -> {
            if (have.containsKey(key)) matched.add(want);
            else
                nearest(want, have, taxonomy)
                        .ifPresentOrElse(
                                near -> nearly.add(new RelatedOffer(want, near.skill(), near.closeness())),
                                () -> missing.add(want));
        });
        return new Explanation(List.copyOf(matched), List.copyOf(nearly), List.copyOf(missing));
    }

    private static Map<String, Named> named(Collection<String> free, Taxonomy taxonomy) {
        Map<String, Named> named = new LinkedHashMap<>();
        for (String each : free) {
            Optional<Skill> skill = taxonomy.normalise(each);
            // No words of a free skill begin with "=", so none is taken for a known one.
            String key = skill.map(known -> "= " + known.slug()).orElseGet(() -> Tokenizer.key(each));
            if (!key.isEmpty())
                named.putIfAbsent(key, new Named(skill.map(Skill::name).orElse(each.strip()), skill));
        }
        return named;
    }

    private static Optional<Related> nearest(Named want, Map<String, Named> have, Taxonomy taxonomy) {
        return want.skill()
                .flatMap(skill -> taxonomy.related(skill).stream()
                        .filter(near -> have.containsKey("= " + near.skill().slug()))
                        .findFirst());
    }
}
