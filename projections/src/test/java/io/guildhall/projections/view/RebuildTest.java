package io.guildhall.projections.view;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Like an isolated node, whose group of events arrives late. */
    @Test
    void anOlderEventOfAnEntityChangesNothing() {
        var fixture = new ViewFixture();
        var changes = new ArrayList<String>();
        for (var view : Views.all()) {
            fixture.apply(view, STORY.events());
            fixture.transaction(connection -> {
                var before = ViewFixture.rows(connection, view);
                for (var event : STORY.events()) {
                    if (view.follows().stream().noneMatch(it -> it.aggregate().equals(event.aggregate()))) continue;
                    event.applyTo(view, connection);
                    var after = ViewFixture.rows(connection, view);
                    for (var change : differences(before, after))
                        changes.add(view.name() + ": " + event.recorded() + " again: " + change);
                    before = after;
                }
            });
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void olderEventsInBetweenChangeNothing() {
        var expected = new ViewFixture();
        expected.apply(STORY.events());
        var fixture = new ViewFixture();
        for (long seed = 1; seed <= 5; seed++) {
            fixture.empty();
            fixture.apply(STORY.withOlderEvents(new Random(seed)));
            assertThat(differences(expected.rows(), fixture.rows()))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    /** The rows that only one side has. */
    static List<String> differences(Map<String, List<String>> before, Map<String, List<String>> after) {
        return before.entrySet().stream()
                .flatMap(it -> differences(it.getKey(), it.getValue(), requireNonNull(after.get(it.getKey()))))
                .toList();
    }

    private static Stream<String> differences(String table, List<String> before, List<String> after) {
        if (before.equals(after)) return Stream.empty();
        return Stream.of(table + " " + without(before, after) + " became " + without(after, before));
    }

    private static List<String> without(List<String> rows, List<String> others) {
        return rows.stream().filter(it -> !others.contains(it)).toList();
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
            if (view.tables().isEmpty()) continue;
            fixture.transaction(connection -> ViewFixture.empty(connection, view));
            assertThat(fixture.rows()).as(view.name()).isNotEqualTo(before);
            fixture.apply(view, STORY.events());
            assertThat(fixture.rows()).as(view.name()).isEqualTo(before);
        }
    }
}
