package io.guildhall.ai.job.match;

import io.guildhall.ai.taxonomy.Explanation;
import io.guildhall.ai.taxonomy.Explanation.Named;
import io.guildhall.ai.taxonomy.Skill;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.Skills;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** By the taxonomy. */
public final class TaxonomySkills implements Skills {
    private final Supplier<Taxonomy> taxonomy;

    public TaxonomySkills(Supplier<Taxonomy> taxonomy) {
        this.taxonomy = taxonomy;
    }

    @Override
    public Optional<String> canonicalName(String free) {
        return taxonomy.get().normalise(free).map(Skill::name);
    }

    @Override
    public List<String> suggestions(String free) {
        return SimilarNames.of(taxonomy.get(), free);
    }

    @Override
    public Set<String> spellings(String free) {
        var known = taxonomy.get().normalise(free).stream()
                .flatMap(it -> Stream.concat(Stream.of(it.slug(), it.name()), it.aliases().stream()));
        return Stream.concat(Stream.of(free.strip()), known)
                .map(it -> it.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<String> mentionedIn(String text) {
        return taxonomy.get().extract(text).stream()
                .map(found -> found.skill().name())
                .distinct()
                .toList();
    }

    @Override
    public Coverage coverage(Collection<String> wanted, Collection<String> offered) {
        Explanation explained = taxonomy.get().explain(wanted, offered);
        var near = explained.nearly().stream()
                .map(it ->
                        new Coverage.RelatedSkill(it.wanted().label(), it.by().name(), it.closeness()))
                .toList();
        return new Coverage(labels(explained.matched()), near, labels(explained.missing()));
    }

    private static List<String> labels(List<Named> skills) {
        return skills.stream().map(Named::label).toList();
    }
}
