package io.guildhall.ai.job.match;

import static io.guildhall.Await.answer;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.ai.port.Embedder;
import io.guildhall.ai.taxonomy.Taxonomy;
import io.guildhall.port.JobTitles.Match;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** With a model that knows letters only, so that the same text is nearest to itself. */
class KnownTitlesTest {
    private final AtomicBoolean isDown = new AtomicBoolean();

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
            if (isDown.get()) return completedFuture(new Unavailable("down"));
            return completedFuture(
                    new Vectors(texts.stream().map(KnownTitlesTest::vector).toList()));
        }

        @Override
        public void close() {}
    };

    /** Of length one: how often each pair of letters is there. */
    private static float[] vector(String text) {
        var vector = new float[384];
        double squares = 0;
        for (int i = 1; i < text.length(); i++)
            vector[Math.floorMod(text.charAt(i - 1) * 31 + text.charAt(i), vector.length)]++;
        for (float it : vector) squares += it * it;
        for (int d = 0; d < vector.length; d++) vector[d] /= (float) Math.sqrt(squares);
        return vector;
    }

    private List<Match> learned(TitleMatcher titles, String title) {
        return Await.value(() -> answer(titles.skillsFor(title, 3)).orElseThrow());
    }

    @Test
    void aTitleIsFoundUnderTheSkillsThatHaveIt() {
        var taxonomy = Taxonomy.bundled();
        var titles = new TitleMatcher(() -> taxonomy, letters);
        assertThat(answer(titles.skillsFor("Logo designer", 3)))
                .as("while it is learning")
                .isEmpty();
        assertThat(learned(titles, "Logo Design"))
                .first()
                .extracting(Match::skill)
                .asString()
                .isEqualToIgnoringCase("logo design");
        assertThat(learned(titles, "Logo Design"))
                .hasSize(3)
                .isSortedAccordingTo((a, b) -> Double.compare(b.similarity(), a.similarity()));
    }

    @Test
    void whatCouldNotBeLearnedIsTriedAgain() {
        var taxonomy = Taxonomy.bundled();
        var titles = new TitleMatcher(() -> taxonomy, letters);
        isDown.set(true);
        for (int i = 0; i < 5; i++)
            assertThat(answer(titles.skillsFor("Logo Design", 3))).isEmpty();
        isDown.set(false);
        assertThat(learned(titles, "Logo Design")).isNotEmpty();
    }
}
