package io.guildhall.ai.taxonomy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bundled files. Loading them already fails if they contradict each other. */
class TaxonomyFilesTest {
    private final Taxonomy taxonomy = Taxonomy.bundled();

    @Test
    void hasHundredsOfSkillsWithAliases() {
        assertThat(taxonomy.skills()).hasSizeGreaterThanOrEqualTo(900);
        assertThat(taxonomy.categories()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(taxonomy.skills().stream()
                        .mapToInt(skill -> skill.aliases().size())
                        .sum())
                .isGreaterThan(3 * taxonomy.skills().size());
    }

    @Test
    void everyCategoryHasEnoughSkills() {
        Map<String, Long> sizes =
                taxonomy.skills().stream().collect(Collectors.groupingBy(Skill::category, Collectors.counting()));
        assertThat(taxonomy.categories())
                .allSatisfy(category -> assertThat(sizes.getOrDefault(category.slug(), 0L))
                        .as(category.slug())
                        .isGreaterThanOrEqualTo(15));
    }

    @Test
    void everyNameBelongsToOneSkill() {
        Map<String, List<String>> owners = new HashMap<>();
        for (Skill skill : taxonomy.skills())
            Stream.concat(Stream.of(skill.name()), skill.aliases().stream())
                    .forEach(name -> owners.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                            .add(skill.slug()));
        assertThat(owners)
                .allSatisfy((name, slugs) -> assertThat(slugs).as(name).hasSize(1));
    }

    /** Query parameters separate skills by commas, so the API accepts no skill with one. */
    @Test
    void noNameContainsAComma() {
        assertThat(taxonomy.skills())
                .allSatisfy(skill -> assertThat(skill.name()).doesNotContain(","));
    }

    @Test
    void everySkillHasEnoughRelatedSkills() {
        assertThat(taxonomy.skills()).allSatisfy(skill -> {
            assertThat(skill.related()).as(skill.slug()).hasSizeBetween(2, 6).doesNotContain(skill.slug());
            assertThat(skill.related())
                    .allSatisfy(slug -> assertThat(taxonomy.skill(slug))
                            .as(skill.slug() + " to " + slug)
                            .isPresent());
        });
    }

    @Test
    void noFieldIsEmpty() {
        assertThat(taxonomy.skills())
                .allSatisfy(skill -> assertThat(Stream.of(
                                        Stream.of(skill.slug(), skill.name(), skill.category()),
                                        skill.aliases().stream(),
                                        skill.related().stream(),
                                        skill.titles().stream())
                                .flatMap(each -> each))
                        .as(skill.slug())
                        .noneMatch(String::isBlank));
        assertThat(taxonomy.categories())
                .noneMatch(category ->
                        category.name().isBlank() || category.description().isBlank());
    }

    @Test
    void relatedSkillsAreRelatedInBothDirections() {
        Skill redux = taxonomy.skill("redux").orElseThrow();
        Skill react = taxonomy.skill("react").orElseThrow();
        assertThat(taxonomy.related(redux)).extracting(Related::skill).contains(react);
        assertThat(taxonomy.related(react)).extracting(Related::skill).contains(redux);
        assertThat(taxonomy.skills())
                .allSatisfy(skill -> assertThat(taxonomy.related(skill))
                        .as(skill.slug())
                        .isNotEmpty()
                        .allMatch(related -> related.closeness() > 0 && related.closeness() < 1)
                        .noneMatch(related -> related.skill().equals(skill)));
    }

    /** A line in everyday.tsv without a skill of that name would have no effect. */
    @Test
    void everydayWordsAreNamesOfSkills() throws IOException {
        Set<String> names = taxonomy.skills().stream()
                .flatMap(skill -> Stream.concat(Stream.of(skill.slug(), skill.name()), skill.aliases().stream()))
                .map(Tokenizer::key)
                .collect(Collectors.toSet());
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/taxonomy/everyday.tsv")), UTF_8))) {
            assertThat(TaxonomyLine.read("everyday.tsv", reader))
                    .hasSizeGreaterThan(200)
                    .extracting(line -> Tokenizer.key(line.text(0)))
                    .isSubsetOf(names);
        }
    }
}
