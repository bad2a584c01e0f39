package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.projections.Node;
import io.guildhall.projections.View;
import io.guildhall.projections.store.FollowerControl;
import io.guildhall.projections.store.FollowerMetrics;
import io.guildhall.projections.store.Followers;
import io.guildhall.projections.store.Journal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Every view there is, rebuilt as the operator does it while all of them run. */
class RunningRebuildTest {
    private final Journal journal = new Journal();

    private void write(List<Story.Happening<?>> happenings) throws SQLException {
        for (var it : happenings)
            journal.write(
                    it.aggregate(),
                    it.recorded().entityId(),
                    it.recorded().sequence(),
                    it.recorded().event());
    }

    private Map<String, List<String>> settled(FollowerControl control) {
        Await.until(() -> {
            try {
                assertThat(control.progress()).allMatch(it -> it.eventsBehind() == 0);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        return Stage.rows(journal.database);
    }

    @Test
    void theRowsAreTheSameAfterwardsAlsoWhileEventsArrive() throws Exception {
        var kit = Node.start(journal.url);
        try (var followers = new Followers(
                kit.system(),
                journal.database,
                new FollowerMetrics(new SimpleMeterRegistry(), InstantSource.system()))) {
            Views.all().forEach(followers::run);
            var control = followers.control();
            assertThat(control.views())
                    .containsExactlyElementsOf(
                            Views.all().stream().map(View::name).toList());
            var happenings = Stories.everything().all();
            write(happenings);
            var before = settled(control);
            assertThat(before.values()).noneMatch(List::isEmpty);
            for (var view : control.views()) {
                answer(control.rebuild(view));
                assertThat(settled(control)).as(view).isEqualTo(before);
            }

            var calm = new Stage();
            var more = elsewhere();
            calm.play(happenings);
            calm.play(more);
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
            answer(writing);
            assertThat(settled(control)).isEqualTo(calm.rows());
        } finally {
            kit.shutdownTestKit();
        }
    }

    /** Many more accounts, with much that happens to each. */
    private static List<Story.Happening<?>> elsewhere() {
        var story = new Story();
        for (int i = 0; i < 100; i++) {
            var mail = "more" + i + "@example.org";
            AccountStories.active(story, "acc_more" + i, mail);
            AccountStories.tell(story, mail, AccountStories.logIn("ses_more" + i));
        }
        return story.all();
    }
}
