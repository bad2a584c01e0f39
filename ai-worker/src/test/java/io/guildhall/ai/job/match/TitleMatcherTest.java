package io.guildhall.ai.job.match;

import static io.guildhall.Await.result;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.JobTitles.TitleMatch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** With a model that compares pairs of letters, so that a text is most similar to itself. */
class TitleMatcherTest {
    private final AtomicBoolean isDown = new AtomicBoolean();

    private final Set<Embedder.Purpose> purposes = ConcurrentHashMap.newKeySet();
    private final Embedder letters = new Embedder() {
        @Override
        public Model model() {
            return new Model("letters", 384);
        }

        @Override
        public int maxBatch() {
            return 512;
        }

        @Override
        public CompletionStage<Result> embed(Purpose purpose, List<String> texts) {
            purposes.add(purpose);
            if (isDown.get()) return completedFuture(new Unavailable("down"));
            return completedFuture(
                    new Vectors(texts.stream().map(TitleMatcherTest::vector).toList()));
        }

        @Override
        public void close() {}
    };

    /** The frequency of each pair of letters, normalised to length one. */
    private static float[] vector(String text) {
        var vector = new float[384];
        double squares = 0;
        for (int i = 1; i < text.length(); i++)
            vector[Math.floorMod(text.charAt(i - 1) * 31 + text.charAt(i), vector.length)]++;
        for (float it : vector) squares += it * it;
        for (int d = 0; d < vector.length; d++) vector[d] /= (float) Math.sqrt(squares);
        return vector;
    }

    private List<TitleMatch> matchesWhenBuilt(TitleMatcher titles, String title) {
        return Await.value(() -> result(titles.skillsFor(title, 3)).orElseThrow());
    }

    @Test
    void findsSkillsWithTheTitle() {
        var taxonomy = Taxonomy.bundled();
        var titles = new TitleMatcher(() -> taxonomy, letters);
        assertThat(result(titles.skillsFor("Logo designer", 3)))
                .as("while the index is being built")
                .isEmpty();
        assertThat(matchesWhenBuilt(titles, "Logo Design"))
                .first()
                .extracting(TitleMatch::skill)
                .asString()
                .isEqualToIgnoringCase("logo design");
        assertThat(matchesWhenBuilt(titles, "Logo Design"))
                .hasSize(3)
                .isSortedAccordingTo((a, b) -> Double.compare(b.similarity(), a.similarity()));
        assertThat(purposes)
                .as("before waiting documents")
                .containsOnly(Embedder.Purpose.TAXONOMY, Embedder.Purpose.QUERY);
    }

    @Test
    void failedIndexIsBuiltAgain() {
        var taxonomy = Taxonomy.bundled();
        var titles = new TitleMatcher(() -> taxonomy, letters);
        isDown.set(true);
        for (int i = 0; i < 5; i++)
            assertThat(result(titles.skillsFor("Logo Design", 3))).isEmpty();
        isDown.set(false);
        assertThat(matchesWhenBuilt(titles, "Logo Design")).isNotEmpty();
    }
}
