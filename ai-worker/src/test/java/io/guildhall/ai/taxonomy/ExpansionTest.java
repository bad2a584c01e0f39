package io.guildhall.ai.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.ai.taxonomy.Expansion.Relation;
import io.guildhall.ai.taxonomy.Expansion.Term;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    private static final Taxonomy TAXONOMY = Taxonomy.bundled();

    @Test
    void namesComeBeforeRelatedSkills() {
        Expansion expansion = TAXONOMY.expand("k8s help");
        assertThat(expansion.mentioned()).extracting(Skill::slug).containsExactly("kubernetes");
        assertThat(expansion.terms().getFirst().text()).isEqualTo("Kubernetes");
        assertThat(expansion.terms())
                .filteredOn(term -> term.relation() == Relation.SAME_SKILL)
                .allMatch(term -> term.weight() >= 0.8);
        assertThat(expansion.terms())
                .filteredOn(term -> term.relation() == Relation.RELATED_SKILL)
                .isNotEmpty()
                .allMatch(term -> term.weight() < 0.8);
    }

    @Test
    void termsOfTheTextAreNotRepeated() {
        assertThat(TAXONOMY.expand("react and redux").terms())
                .extracting(term -> term.text().toLowerCase(Locale.ROOT))
                .doesNotContain("react", "redux");
    }

    @ParameterizedTest
    @CsvSource({
        "go, go",
        "c developer, c-language",
        "react developer, react",
        "photoshops, adobe-photoshop",
        "R, r-language"
    })
    void everyNameInAShortTextCounts(String query, String slug) {
        assertThat(TAXONOMY.expand(query).mentioned()).extracting(Skill::slug).containsExactly(slug);
    }

    @Test
    void everydayWordsInASentenceDoNotCount() {
        assertThat(TAXONOMY.expand("where can i go to find a swift answer").mentioned())
                .isEmpty();
    }

    @Test
    void nonsenseExpandsToNothing() {
        assertThat(TAXONOMY.expand("qwxz 😀 ' or 1=1").terms()).isEmpty();
    }

    @Test
    void longTextHasFewTerms() {
        assertThat(TAXONOMY.expand("python, kubernetes, logo design, seo, copywriting, java, php ".repeat(1500))
                        .terms())
                .hasSizeLessThan(100);
    }

    @Property
    void termsAreSortedByWeightWithoutDuplicates(@ForAll int one, @ForAll int two) {
        List<Skill> skills = List.copyOf(TAXONOMY.skills());
        String query = skills.get(Math.floorMod(one, skills.size())).name() + ", "
                + skills.get(Math.floorMod(two, skills.size())).name();
        List<Term> terms = TAXONOMY.expand(query).terms();
        assertThat(terms)
                .isSortedAccordingTo(Comparator.comparingDouble(Term::weight).reversed());
        assertThat(terms).allMatch(term -> term.weight() > 0 && term.weight() <= 1);
        assertThat(terms).extracting(term -> Tokenizer.key(term.text())).doesNotHaveDuplicates();
    }
}
