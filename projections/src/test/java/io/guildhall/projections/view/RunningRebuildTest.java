package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.projections.TestNode;
import io.guildhall.projections.View;
import io.guildhall.projections.store.FollowerControl;
import io.guildhall.projections.store.FollowerMetrics;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.store.TestJournal;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rebuilds every view as an operator does, while all views run. */
class RunningRebuildTest {
    private final TestJournal journal = new TestJournal();

    private void write(List<EventStory.StoredEvent<?>> events) throws SQLException {
        for (var it : events)
            journal.write(
                    it.aggregate(),
                    it.recorded().entityId(),
                    it.recorded().sequence(),
                    it.recorded().event());
    }

    private Map<String, List<String>> rowsWhenCaughtUp(FollowerControl control) {
        Await.until(() -> {
            try {
                assertThat(control.progress()).allMatch(it -> it.eventsBehind() == 0);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        return ViewFixture.rows(journal.database);
    }

    @Test
    void rebuildWritesTheSameRowsWhileEventsArrive() throws Exception {
        var kit = TestNode.start(journal.url);
        try (var followers = new Followers(
                kit.system(),
                journal.database,
                new FollowerMetrics(new SimpleMeterRegistry(), InstantSource.system()),
                TestLoops.create(),
                4)) {
            Views.all().forEach(followers::run);
            var control = followers.control();
            assertThat(control.views())
                    .containsExactlyElementsOf(
                            Views.all().stream().map(View::name).toList());
            var events = HireScenario.allScenarios().events();
            write(events);
            var before = rowsWhenCaughtUp(control);
            assertThat(before.values()).noneMatch(List::isEmpty);
            for (var view : control.views()) {
                result(control.rebuild(view));
                assertThat(rowsWhenCaughtUp(control)).as(view).isEqualTo(before);
            }

            var expected = new ViewFixture();
            var more = otherAccounts();
            expected.apply(events);
            expected.apply(more);
            var writing = CompletableFuture.runAsync(
                    () -> {
                        try {
                            write(more);
                        } catch (SQLException e) {
                            throw new AssertionError(e);
                        }
                    },
                    Thread::startVirtualThread);
            CompletableFuture.allOf(control.views().stream()
                            .map(it -> control.rebuild(it).toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .get(45, java.util.concurrent.TimeUnit.SECONDS);
            result(writing);
            assertThat(rowsWhenCaughtUp(control)).isEqualTo(expected.rows());
        } finally {
            kit.shutdownTestKit();
        }
    }

    /** Events of many other accounts. */
    private static List<EventStory.StoredEvent<?>> otherAccounts() {
        var story = new EventStory();
        for (int i = 0; i < 100; i++) {
            var mail = "more" + i + "@example.org";
            AccountScenario.active(story, "acc_more" + i, mail);
            AccountScenario.execute(story, mail, AccountScenario.logIn("ses_more" + i));
        }
        return story.events();
    }
}
