package io.guildhall.ai.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.ai.taxonomy.Explanation.Named;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Taxonomy TAXONOMY = Taxonomy.bundled();

    @Test
    void listsMatchedRelatedAndMissingSkills() {
        Explanation explanation = TAXONOMY.explain(
                List.of("React.js", "Redux", "COBOL", "Pigeon racing"), List.of("reactjs", "pigeon  RACING", "Excel"));
        assertThat(explanation.matched()).extracting(Named::label).containsExactly("React", "Pigeon racing");
        assertThat(explanation.related()).singleElement().satisfies(related -> {
            assertThat(related.required().label()).isEqualTo("Redux");
            assertThat(related.offered().slug()).isEqualTo("react");
            assertThat(related.closeness()).isBetween(0.1, 0.9);
        });
        assertThat(explanation.missing()).extracting(Named::label).containsExactly("COBOL");
    }

    @Test
    void skillRequiredTwiceCountsOnce() {
        assertThat(TAXONOMY.explain(List.of("k8s", "Kubernetes"), List.of()).missing())
                .hasSize(1);
    }

    @Test
    void textsWithoutWordsAreIgnored() {
        Explanation explanation = TAXONOMY.explain(List.of("", "😀"), List.of(" "));
        assertThat(explanation).isEqualTo(new Explanation(List.of(), List.of(), List.of()));
    }

    @Property
    void everyRequiredSkillIsInOneListAndMoreOffersNeverMatchLess(
            @ForAll("skills") List<String> required,
            @ForAll("skills") List<String> offered,
            @ForAll("skills") List<String> more) {
        Explanation less = TAXONOMY.explain(required, offered);
        long distinct = required.stream().map(TAXONOMY::normalise).distinct().count();
        assertThat(less.matched().size()
                        + less.related().size()
                        + less.missing().size())
                .isEqualTo((int) distinct);
        assertThat(less.matched()).allMatch(named -> offered.contains(named.label()));
        Explanation all = TAXONOMY.explain(
                required, Stream.concat(offered.stream(), more.stream()).toList());
        assertThat(all.matched()).containsAll(less.matched());
        assertThat(less.missing()).containsAll(all.missing());
    }

    @Provide
    Arbitrary<List<String>> skills() {
        return Arbitraries.of(TAXONOMY.skills()).map(Skill::name).list().ofMaxSize(12);
    }
}
