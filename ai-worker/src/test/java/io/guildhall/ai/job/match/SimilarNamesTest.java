package io.guildhall.ai.job.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.ai.taxonomy.Taxonomy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarNamesTest {
    private static final Taxonomy TAXONOMY = Taxonomy.bundled();

    @ParameterizedTest
    @CsvSource({"Javascritp, JavaScript", "Kubernets, Kubernetes", "a site made with React please, React"})
    void suggestsSkillsForUnknownNames(String text, String expected) {
        assertThat(SimilarNames.find(TAXONOMY, text)).contains(expected).hasSizeLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "qqqq", "\uD83D\uDCB0", "\uD83D", "' OR true --"})
    void suggestsNothingForNonsense(String text) {
        assertThat(SimilarNames.find(TAXONOMY, text)).isEmpty();
    }

    @Test
    void longTextIsCut() {
        assertThat(SimilarNames.find(TAXONOMY, "x".repeat(100_000))).isEmpty();
    }
}
