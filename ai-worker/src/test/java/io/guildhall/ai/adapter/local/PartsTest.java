package io.guildhall.ai.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PartsTest {
    @Property(tries = 200)
    void nothingIsLostAndNothingIsTooLong(@ForAll List<String> words, @ForAll boolean spaced) {
        String text = String.join(spaced ? " " : "", words).repeat(50);
        List<String> parts = TextChunks.split(text);
        assertThat(letters(String.join("", parts))).isEqualTo(letters(text));
        assertThat(parts).noneMatch(String::isBlank).allMatch(part -> part.length() <= TextChunks.MAX_LENGTH);
    }

    private static String letters(String text) {
        var letters = new StringBuilder();
        text.codePoints().filter(it -> !Character.isWhitespace(it)).forEach(letters::appendCodePoint);
        return letters.toString();
    }

    @Example
    void cutsBetweenWords() {
        assertThat(TextChunks.split("word ".repeat(1_000)))
                .hasSizeGreaterThan(2)
                .allMatch(part -> part.startsWith("word") && part.endsWith("word"));
    }

    @Example
    void neverCutsACharacter() {
        assertThat(TextChunks.split("a" + "🎹".repeat(5_000)))
                .hasSize(7)
                .noneMatch(part -> Character.isLowSurrogate(part.charAt(0)));
    }

    @Example
    void aLongerPartWeighsMore() {
        assertThat(TextChunks.weightedSum(List.of("abc", "d"), List.of(new float[] {1, 0}, new float[] {0, 1})))
                .containsExactly(3, 1);
    }
}
