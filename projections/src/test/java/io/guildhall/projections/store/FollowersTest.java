package io.guildhall.projections.store;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.TestNode;
import io.guildhall.projections.View;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Followers over a real journal: a failing follower delays no other, and no event is lost. */
class FollowersTest {
    private static final String POISON = "poison";
    /** An idle follower polls after five seconds: a follower that reads earlier was woken. */
    private static final Duration WAKE_UP_LIMIT = Duration.ofSeconds(4);

    private final TestJournal journal = new TestJournal();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Queue<Long> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean broken = true;
    private ActorTestKit kit;
    private Followers followers;

    @BeforeEach
    void start() throws SQLException {
        journal.execute(
                "CREATE TABLE heard (follower TEXT, room TEXT, number BIGINT, PRIMARY KEY (follower, room, number))");
        kit = TestNode.start(journal.url);
        followers = new Followers(
                kit.system(),
                journal.database,
                new FollowerMetrics(metrics, InstantSource.system()),
                TestLoops.create());
    }

    @AfterEach
    void stop() {
        followers.close();
        kit.shutdownTestKit();
    }

    private final class TestView implements View {
        private final String name;
        private final boolean failsOnPoison;

        TestView(String name, boolean failsOnPoison) {
            this.name = name;
            this.failsOnPoison = failsOnPoison;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Table<?>> tables() {
            return List.of();
        }

        @Override
        public List<View.Subscription<?>> follows() {
            return List.of(View.on(Room.AGGREGATE, this::write));
        }

        private void write(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
            if (failsOnPoison) failOnPoison(recorded);
            Sql.update(
                    connection, "INSERT INTO heard VALUES (?, ?, ?)", name, recorded.entityId(), recorded.sequence());
        }

        @Override
        public void empty(Connection connection) {}
    }

    private final class TestProcess implements Process {
        @Override
        public String name() {
            return "reacting";
        }

        @Override
        public List<Process.Subscription<?>> follows() {
            return List.of(Process.on(Room.AGGREGATE, this::react));
        }

        private CompletionStage<?> react(Recorded<RoomEvent> recorded) {
            try {
                failOnPoison(recorded);
            } catch (IllegalStateException e) {
                return failedFuture(e);
            }
            handled.add(recorded.entityId() + recorded.sequence());
            return completedFuture(null);
        }
    }

    private void failOnPoison(Recorded<RoomEvent> recorded) {
        if (!broken || !((MessagePosted) recorded.event()).text().equals(POISON)) return;
        failures.add(System.nanoTime());
        throw new IllegalStateException("poison");
    }

    private long rows(String follower, String room) {
        return Long.parseLong(journal.text(
                "SELECT count(*) FROM heard WHERE follower = '%s' AND room = '%s'".formatted(follower, room)));
    }

    private long eventsBehind(String follower) {
        try {
            return followers.control().progress().stream()
                    .filter(it -> it.follower().equals(follower))
                    .mapToLong(FollowerControl.Progress::eventsBehind)
                    .sum();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A room in another slice than the room "a". */
    private String roomInAnotherSlice() throws SQLException {
        for (int i = 0; ; i++) {
            journal.write("b" + i, 1, "hello");
            if (journal.slice("b" + i) != journal.slice("a")) return "b" + i;
        }
    }

    @Test
    void rolledBackNumbersDelayNoFollower() throws SQLException {
        followers.run(new TestView("healthy", false));
        journal.write("a", 1, "one");
        Await.until(() -> assertThat(rows("healthy", "a")).isOne());
        for (int i = 2; i < 6; i++) {
            try (var failed = journal.begin()) {
                TestJournal.write(failed, "a", i, "never");
                failed.rollback();
            }
            journal.write("a", i, "after");
            int number = i;
            long from = System.nanoTime();
            Await.until(() -> assertThat(rows("healthy", "a")).isEqualTo(number));
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(WAKE_UP_LIMIT);
        }
        Await.until(() -> assertThat(eventsBehind("healthy")).isZero());
    }

    @Test
    void failingViewRetriesWithBackoffAndDelaysNoOther() throws SQLException {
        followers.run(new TestView("failing", true));
        followers.run(new TestView("healthy", false));
        journal.write("a", 1, "one");
        journal.write("a", 2, POISON);
        journal.write("a", 3, "three");
        var other = roomInAnotherSlice();
        assertFailsWithBackoff("failing");
        Await.until(() -> assertThat(rows("healthy", "a")).isEqualTo(3));
        Await.until(() -> assertThat(rows("failing", other)).isOne());
        journal.write(other, 2, "and on");
        Await.until(() -> assertThat(rows("failing", other)).isEqualTo(2));
        assertThat(rows("failing", "a")).as("no event is skipped").isLessThan(2);
        assertThat(eventsBehind("failing")).isPositive();
        Await.until(() -> assertThat(eventsBehind("healthy")).isZero());
        broken = false;
        Await.until(() -> assertThat(rows("failing", "a")).isEqualTo(3));
        Await.until(() -> assertThat(eventsBehind("failing")).isZero());
    }

    @Test
    void failingProcessRetriesAndKeepsTheOrder() throws SQLException {
        followers.run(new TestProcess());
        for (int i = 1; i <= 5; i++) journal.write("a", i, i == 3 ? POISON : "text");
        var other = roomInAnotherSlice();
        assertFailsWithBackoff("reacting");
        Await.until(() -> assertThat(handled).contains(other + 1));
        assertThat(handled).doesNotContain("a3", "a4", "a5");
        assertThat(eventsBehind("reacting")).isGreaterThanOrEqualTo(3);
        broken = false;
        Await.until(() -> assertThat(eventsBehind("reacting")).isZero());
        assertThat(handled.stream().filter(it -> it.startsWith("a")).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 5).mapToObj(i -> "a" + i).toList());
    }

    /**
     * At least three failures with pauses of 200 and 400 ms, less what the scheduler is early under load; each is
     * counted.
     */
    private void assertFailsWithBackoff(String follower) {
        Await.until(() -> assertThat(failures).hasSizeGreaterThanOrEqualTo(3));
        var at = List.copyOf(failures);
        assertThat(Duration.ofNanos(at.get(1) - at.get(0))).isGreaterThan(Duration.ofMillis(150));
        assertThat(Duration.ofNanos(at.get(2) - at.get(1))).isGreaterThan(Duration.ofMillis(300));
        assertThat(metrics.get("guildhall.follower.failures")
                        .tag("follower", follower)
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(2);
    }
}
