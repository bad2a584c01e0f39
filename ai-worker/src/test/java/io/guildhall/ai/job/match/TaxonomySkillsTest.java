package io.guildhall.ai.job.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.Skills;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TaxonomySkillsTest {
    private static final Taxonomy TAXONOMY = Taxonomy.bundled();
    private static final TaxonomySkills SKILLS = new TaxonomySkills(() -> TAXONOMY);

    private static List<String> names(String text, int max) {
        return SKILLS.startingWith(text, max).stream()
                .map(Skills.KnownSkill::name)
                .toList();
    }

    @Test
    void ownNamesThatBeginWithTheTextComeFirst() {
        assertThat(names(" REACT", 2)).containsExactly("React", "React Native");
    }

    @Test
    void aliasesAndLaterWordsAreFound() {
        assertThat(names("reactjs", 5)).contains("React");
        assertThat(names("native", 50)).contains("React Native");
    }

    @Test
    void blankTextFindsAllSkillsInTheirOrder() {
        assertThat(names("", 100)).hasSize(100).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void unknownTextFindsNothing() {
        assertThat(names("zzzz", 5)).isEmpty();
    }

    /** Validation knows every skill that a form offers, and its category. */
    @Test
    void everySkillIsKnownToValidationAndHasACategory() {
        var slugs = SKILLS.categories().stream().map(Skills.SkillCategory::slug).toList();
        assertThat(SKILLS.startingWith("", Integer.MAX_VALUE))
                .hasSizeGreaterThan(500)
                .allSatisfy(it -> {
                    assertThat(SKILLS.canonicalName(it.name().toLowerCase(Locale.ROOT)))
                            .contains(it.name());
                    assertThat(slugs).contains(it.category());
                });
    }
}
