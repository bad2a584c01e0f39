package io.guildhall.ai.job.match;

import io.guildhall.ai.taxonomy.Explanation;
import io.guildhall.ai.taxonomy.Explanation.Named;
import io.guildhall.ai.taxonomy.Skill;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.Skills;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recognises skills with the taxonomy. */
public final class TaxonomySkills implements Skills {
    private static final int NO_MATCH = 2;

    private final Supplier<Taxonomy> taxonomy;

    public TaxonomySkills(Supplier<Taxonomy> taxonomy) {
        this.taxonomy = taxonomy;
    }

    @Override
    public Optional<String> canonicalName(String text) {
        return taxonomy.get().normalise(text).map(Skill::name);
    }

    @Override
    public List<String> suggestions(String text) {
        return SimilarNames.find(taxonomy.get(), text);
    }

    @Override
    public Set<String> spellings(String text) {
        var known = taxonomy.get().normalise(text).stream()
                .flatMap(it -> Stream.concat(Stream.of(it.slug(), it.name()), it.aliases().stream()));
        return Stream.concat(Stream.of(text.strip()), known)
                .map(it -> it.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<SkillCategory> categories() {
        return taxonomy.get().categories().stream()
                .map(it -> new SkillCategory(it.slug(), it.name(), it.description()))
                .toList();
    }

    @Override
    public List<KnownSkill> startingWith(String text, int max) {
        var prefix = text.strip().toLowerCase(Locale.ROOT);
        return taxonomy.get().skills().stream()
                .filter(it -> rank(it, prefix) < NO_MATCH)
                .sorted(Comparator.comparingInt((Skill it) -> rank(it, prefix))
                        .thenComparing(Skill::name, String.CASE_INSENSITIVE_ORDER))
                .limit(max)
                .map(it -> new KnownSkill(it.name(), it.category()))
                .toList();
    }

    private static int rank(Skill skill, String prefix) {
        if (skill.name().toLowerCase(Locale.ROOT).startsWith(prefix)) return 0;
        boolean hasWord = Stream.concat(Stream.of(skill.name()), skill.aliases().stream())
                .map(it -> it.toLowerCase(Locale.ROOT))
                .anyMatch(it -> it.startsWith(prefix) || it.contains(" " + prefix));
        return hasWord ? 1 : NO_MATCH;
    }

    @Override
    public Coverage coverage(Collection<String> required, Collection<String> offered) {
        Explanation explanation = taxonomy.get().explain(required, offered);
        var related = explanation.related().stream()
                .map(it -> new Coverage.RelatedSkill(
                        it.required().label(), it.offered().name(), it.closeness()))
                .toList();
        return new Coverage(labels(explanation.matched()), related, labels(explanation.missing()));
    }

    private static List<String> labels(List<Named> skills) {
        return skills.stream().map(Named::label).toList();
    }
}
