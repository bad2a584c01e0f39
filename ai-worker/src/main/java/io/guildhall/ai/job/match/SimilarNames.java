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

/**
 * Suggests skills for an unknown name: first those that it mentions, then those whose names share the most groups of
 * three letters with it.
 */
final class SimilarNames {
    private static final int MAX_NAMES = 5;
    /** Only the start of a longer text is compared. */
    private static final int MAX_LENGTH = 60;

    private static final int TRIGRAM = 3;
    private static final double MIN_SIMILARITY = 0.4;

    private record Similar(Skill skill, double similarity) {}

    private SimilarNames() {}

    static List<String> find(Taxonomy taxonomy, String text) {
        var textTrigrams = trigrams(text.substring(0, Math.min(text.length(), MAX_LENGTH)));
        var mentioned = taxonomy.extract(text).stream().map(FoundSkill::skill);
        var similar = taxonomy.skills().stream()
                .map(it -> new Similar(it, similarity(it, textTrigrams)))
                .filter(it -> it.similarity >= MIN_SIMILARITY)
                .sorted(Comparator.comparingDouble(Similar::similarity)
                        .reversed()
                        .thenComparing(it -> it.skill.name()))
                .limit(MAX_NAMES)
                .map(Similar::skill);
        return Stream.concat(mentioned, similar)
                .map(Skill::name)
                .distinct()
                .limit(MAX_NAMES)
                .toList();
    }

    private static double similarity(Skill skill, Set<String> textTrigrams) {
        return Stream.concat(Stream.of(skill.name()), skill.aliases().stream())
                .mapToDouble(name -> similarity(trigrams(name), textTrigrams))
                .max()
                .orElseThrow();
    }

    /** The Dice coefficient, 0 to 1. */
    private static double similarity(Set<String> one, Set<String> other) {
        long common = one.stream().filter(other::contains).count();
        return 2.0 * common / (one.size() + other.size());
    }

    private static Set<String> trigrams(String name) {
        var padded = "  " + name.strip().toLowerCase(Locale.ROOT) + " ";
        var trigrams = new HashSet<String>();
        IntStream.rangeClosed(0, padded.length() - TRIGRAM)
                .forEach(i -> trigrams.add(padded.substring(i, i + TRIGRAM)));
        return trigrams;
    }
}
