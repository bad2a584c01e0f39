package io.guildhall.projections.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.View;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every view's rows follow from the events alone. */
class RebuildTest {
    private static final Story WHOLE = Stories.everything();

    @Test
    void everyTableHasRows() {
        var stage = new Stage();
        stage.play(WHOLE.all());
        assertThat(stage.rows().values()).noneMatch(List::isEmpty);
    }

    @Test
    void theSameEventAgainChangesNothing() {
        var once = new Stage();
        once.play(WHOLE.all());
        var twice = new Stage();
        twice.play(WHOLE.all().stream()
                .<Story.Happening<?>>flatMap(it -> Stream.of(it, it))
                .toList());
        assertThat(twice.rows()).isEqualTo(once.rows());
    }

    @Test
    void theSameGroupAgainChangesNothing() {
        var once = new Stage();
        var twice = new Stage();
        for (var view : Views.all()) {
            once.playTogether(view, WHOLE.all(), 1);
            twice.playTogether(view, WHOLE.all(), 2);
            assertThat(twice.rows()).as(view.name()).isEqualTo(once.rows());
        }
    }

    @Test
    void everythingAgainFromTheFirstEventChangesNothing() {
        var stage = new Stage();
        stage.play(WHOLE.all());
        var before = stage.rows();
        stage.play(WHOLE.all());
        assertThat(stage.rows()).isEqualTo(before);
    }

    @Test
    void emptiedAndReadAgainTheRowsAreTheSame() {
        var stage = new Stage();
        stage.play(WHOLE.all());
        var before = stage.rows();
        stage.empty();
        assertThat(stage.rows().values()).allMatch(List::isEmpty);
        stage.play(WHOLE.all());
        assertThat(stage.rows()).isEqualTo(before);
    }

    @Test
    void theOrderAmongEntitiesDoesNotMatter() {
        var inOrder = new Stage();
        inOrder.play(WHOLE.all());
        var mixed = new Stage();
        for (long seed = 1; seed <= 5; seed++) {
            mixed.empty();
            mixed.play(WHOLE.otherwise(new Random(seed)));
            assertThat(mixed.rows()).as("seed " + seed).isEqualTo(inOrder.rows());
        }
    }

    @Test
    void aViewAloneIsEmptiedAlone() {
        var stage = new Stage();
        stage.play(WHOLE.all());
        var before = stage.rows();
        for (View view : Views.all()) {
            stage.transaction(view::empty);
            assertThat(stage.rows()).as(view.name()).isNotEqualTo(before);
            stage.play(view, WHOLE.all());
            assertThat(stage.rows()).as(view.name()).isEqualTo(before);
        }
    }
}
