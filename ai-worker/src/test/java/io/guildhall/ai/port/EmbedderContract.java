package io.guildhall.ai.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.guildhall.ai.port.Embedder.InvalidInput;
import io.guildhall.ai.port.Embedder.Purpose;
import io.guildhall.ai.port.Embedder.Result;
import io.guildhall.ai.port.Embedder.Vectors;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that every embedder passes. */
public interface EmbedderContract {
    String PLUMBER = "I repair water pipes and install bathrooms";
    String PIPES = "plumbing and sanitary installation";
    String PIANO = "piano lessons for children";

    Embedder embedder();

    @Test
    default void modelHasTheDimensionOfTheIndex() {
        assertThat(embedder().model().dimension()).isEqualTo(Embedder.DIMENSION);
        assertThat(embedder().model().name()).isNotBlank();
        assertThat(vector(PIANO)).hasSize(Embedder.DIMENSION);
    }

    @Test
    default void vectorsHaveLengthOne() {
        for (float[] vector : vectors(List.of(PLUMBER, "x", "word ".repeat(3_000)))) {
            assertThat(similarity(vector, vector)).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    default void vectorsAreInTheOrderOfTheTexts() {
        List<String> texts = IntStream.range(0, embedder().maxBatch())
                .mapToObj(i -> "offer number " + i + " of many")
                .toList();
        List<float[]> vectors = vectors(texts);
        assertThat(vectors).hasSize(texts.size());
        for (int i = 0; i < texts.size(); i += 7)
            assertThat(vectors.get(i)).as(texts.get(i)).containsExactly(vector(texts.get(i)));
    }

    @Test
    default void vectorDependsOnTheTextOnly() {
        float[] alone = vector(PLUMBER);
        assertThat(vectors(List.of("word ".repeat(500), PLUMBER, PIANO, PLUMBER)))
                .element(1)
                .isEqualTo(alone);
        assertThat(vectors(embed(Purpose.QUERY, List.of(PLUMBER))).getFirst()).containsExactly(alone);
    }

    @Test
    default void similarMeaningsHaveSimilarVectors() {
        List<float[]> vectors = vectors(List.of(PLUMBER, PIPES, PIANO));
        assertThat(similarity(vectors.get(0), vectors.get(1)))
                .isGreaterThan(similarity(vectors.get(0), vectors.get(2)) + 0.1);
    }

    @Test
    default void rejectsEmptyBatch() {
        assertThat(embed(Purpose.DOCUMENT, List.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.index()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " \t\n", "\u0000\u0007", "\u200b\u2060", "\u0301", "\ufffd", "\ud83d", "\u3000", "\ue000"})
    default void rejectsBlankTextWithItsIndex(String empty) {
        assertThat(embed(Purpose.QUERY, List.of(PIANO, empty)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.index()).isEqualTo(OptionalInt.of(1)));
    }

    @Test
    default void rejectsTooLargeBatch() {
        assertThat(embed(Purpose.DOCUMENT, Collections.nCopies(embedder().maxBatch() + 1, PIANO)))
                .isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "?",
                "🎹",
                "👩‍💻🏳️‍🌈",
                "'; DROP TABLE gig; --",
                "钢琴课",
                "уроки фортепиано",
                "a\u0000b",
                "half \ud83d of a pair",
                "[CLS] [SEP] [MASK]",
                "{\"input\": \"\\u0000\"}"
            })
    default void unusualTextsHaveAVector(String text) {
        assertThat(vector(text)).hasSize(Embedder.DIMENSION);
    }

    @Test
    default void veryLongTextIsCut() {
        String words = "piano lessons for children and for those who were once. ";
        String counts =
                words.repeat(PreparedText.MAX_BYTES / words.length() + 1).substring(0, PreparedText.MAX_BYTES);
        assertThat(vector(counts + " plumber".repeat(100_000))).containsExactly(vector(counts));
        assertThat(similarity(vector("plumber " + counts), vector(counts))).isLessThan(0.99999);
        assertThat(similarity(vector("😀".repeat(40_000)), vector("😀"))).isNotNaN();
    }

    default float[] vector(String text) {
        return vectors(List.of(text)).getFirst();
    }

    default List<float[]> vectors(List<String> texts) {
        return vectors(embed(Purpose.DOCUMENT, texts));
    }

    default Result embed(Purpose purpose, List<String> texts) {
        return embedder()
                .embed(purpose, texts)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    static List<float[]> vectors(Result result) {
        assertThat(result).isInstanceOf(Vectors.class);
        return ((Vectors) result).vectors();
    }

    static double similarity(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) sum += (double) one[i] * other[i];
        return sum;
    }
}
