package io.guildhall.ai.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TextChunksTest {
    @Property(tries = 200)
    void chunksContainTheWholeTextAndAreShort(@ForAll List<String> words, @ForAll boolean spaced) {
        String text = String.join(spaced ? " " : "", words).repeat(50);
        List<String> chunks = TextChunks.split(text);
        assertThat(letters(String.join("", chunks))).isEqualTo(letters(text));
        assertThat(chunks).noneMatch(String::isBlank).allMatch(chunk -> chunk.length() <= TextChunks.MAX_LENGTH);
    }

    private static String letters(String text) {
        var letters = new StringBuilder();
        text.codePoints().filter(it -> !Character.isWhitespace(it)).forEach(letters::appendCodePoint);
        return letters.toString();
    }

    @Example
    void splitsBetweenWords() {
        assertThat(TextChunks.split("word ".repeat(1_000)))
                .hasSizeGreaterThan(2)
                .allMatch(chunk -> chunk.startsWith("word") && chunk.endsWith("word"));
    }

    @Example
    void neverSplitsASurrogatePair() {
        assertThat(TextChunks.split("a" + "🎹".repeat(5_000)))
                .hasSize(7)
                .noneMatch(chunk -> Character.isLowSurrogate(chunk.charAt(0)));
    }

    @Example
    void longerChunksHaveMoreWeight() {
        assertThat(TextChunks.weightedSum(List.of("abc", "d"), List.of(new float[] {1, 0}, new float[] {0, 1})))
                .containsExactly(3, 1);
    }
}
