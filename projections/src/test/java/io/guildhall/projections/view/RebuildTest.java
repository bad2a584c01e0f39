package io.guildhall.projections.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.View;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows of every view depend on the events only. */
class RebuildTest {
    private static final EventStory STORY = HireScenario.allScenarios();

    @Test
    void everyTableHasRows() {
        var fixture = new ViewFixture();
        fixture.apply(STORY.events());
        assertThat(fixture.rows().values()).noneMatch(List::isEmpty);
    }

    @Test
    void repeatedEventsChangeNothing() {
        var once = new ViewFixture();
        once.apply(STORY.events());
        var twice = new ViewFixture();
        twice.apply(STORY.events().stream()
                .<EventStory.StoredEvent<?>>flatMap(it -> Stream.of(it, it))
                .toList());
        assertThat(twice.rows()).isEqualTo(once.rows());
    }

    @Test
    void repeatedGroupsChangeNothing() {
        var once = new ViewFixture();
        var twice = new ViewFixture();
        for (var view : Views.all()) {
            once.applyAsGroup(view, STORY.events(), 1);
            twice.applyAsGroup(view, STORY.events(), 2);
            assertThat(twice.rows()).as(view.name()).isEqualTo(once.rows());
        }
    }

    @Test
    void readingAllEventsAgainChangesNothing() {
        var fixture = new ViewFixture();
        fixture.apply(STORY.events());
        var before = fixture.rows();
        fixture.apply(STORY.events());
        assertThat(fixture.rows()).isEqualTo(before);
    }

    @Test
    void rebuildWritesTheSameRows() {
        var fixture = new ViewFixture();
        fixture.apply(STORY.events());
        var before = fixture.rows();
        fixture.empty();
        assertThat(fixture.rows().values()).allMatch(List::isEmpty);
        fixture.apply(STORY.events());
        assertThat(fixture.rows()).isEqualTo(before);
    }

    @Test
    void orderOfDifferentEntitiesDoesNotMatter() {
        var inOrder = new ViewFixture();
        inOrder.apply(STORY.events());
        var reordered = new ViewFixture();
        for (long seed = 1; seed <= 5; seed++) {
            reordered.empty();
            reordered.apply(STORY.inAnotherOrder(new Random(seed)));
            assertThat(reordered.rows()).as("seed " + seed).isEqualTo(inOrder.rows());
        }
    }

    @Test
    void rebuildOfOneViewWritesTheSameRows() {
        var fixture = new ViewFixture();
        fixture.apply(STORY.events());
        var before = fixture.rows();
        for (View view : Views.all()) {
            fixture.transaction(view::empty);
            assertThat(fixture.rows()).as(view.name()).isNotEqualTo(before);
            fixture.apply(view, STORY.events());
            assertThat(fixture.rows()).as(view.name()).isEqualTo(before);
        }
    }
}
