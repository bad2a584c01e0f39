package io.guildhall.ai.job.match;

import io.guildhall.ai.taxonomy.FoundSkill;
import io.guildhall.ai.taxonomy.Skill;
import io.guildhall.ai.taxonomy.Taxonomy;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Skills that may have been meant by a name that none has: those that it speaks of, then those whose names share most of its groups of three letters. */
final class SimilarNames {
    private static final int MOST = 5;
    /** What is longer is no name. */
    private static final int LENGTH = 60;

    private static final int GROUP = 3;
    private static final double LEAST = 0.4;

    private record Like(Skill skill, double likeness) {}

    private SimilarNames() {}

    static List<String> of(Taxonomy taxonomy, String free) {
        var asked = groups(free.substring(0, Math.min(free.length(), LENGTH)));
        var spoken = taxonomy.extract(free).stream().map(FoundSkill::skill);
        var alike = taxonomy.skills().stream()
                .map(it -> new Like(it, likeness(it, asked)))
                .filter(it -> it.likeness >= LEAST)
                .sorted(Comparator.comparingDouble(Like::likeness).reversed().thenComparing(it -> it.skill.name()))
                .limit(MOST)
                .map(Like::skill);
        return Stream.concat(spoken, alike)
                .map(Skill::name)
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static double likeness(Skill skill, Set<String> asked) {
        return Stream.concat(Stream.of(skill.name()), skill.aliases().stream())
                .mapToDouble(name -> likeness(groups(name), asked))
                .max()
                .orElseThrow();
    }

    /** Twice what both have, of all that each has: 0 to 1. */
    private static double likeness(Set<String> name, Set<String> asked) {
        long both = name.stream().filter(asked::contains).count();
        return 2.0 * both / (name.size() + asked.size());
    }

    private static Set<String> groups(String name) {
        var text = "  " + name.strip().toLowerCase(Locale.ROOT) + " ";
        var groups = new HashSet<String>();
        IntStream.rangeClosed(0, text.length() - GROUP).forEach(i -> groups.add(text.substring(i, i + GROUP)));
        return groups;
    }
}
