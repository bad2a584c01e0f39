package io.guildhall.projections.store;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigEvent;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
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

/**
 * Followers over a real journal: a failing follower delays no other, and no event is lost. {@link ParkingTest} tests when
 * they stop trying.
 */
class FollowersTest {
    private static final String POISON = "poison";
    private static final Tries.Limits NEVER_PARK =
            new Tries.Limits(Integer.MAX_VALUE, Duration.ofDays(1), Duration.ofDays(1));
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
        startNode(4);
    }

    private void startNode(int readers) {
        kit = TestNode.start(journal.url);
        followers = new Followers(
                kit.system(),
                journal.database,
                new FollowerMetrics(metrics, InstantSource.system()),
                TestLoops.create(),
                readers,
                NEVER_PARK);
    }

    private void restartNode(int readers) {
        stop();
        startNode(readers);
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
                    connection,
                    "INSERT INTO heard VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    name,
                    recorded.entityId(),
                    recorded.sequence());
        }
    }

    private final class TestProcess implements Process {
        private final Start start;
        private final boolean followsGigs;

        TestProcess(Start start, boolean followsGigs) {
            this.start = start;
            this.followsGigs = followsGigs;
        }

        @Override
        public String name() {
            return "reacting";
        }

        @Override
        public Start start() {
            return start;
        }

        @Override
        public List<Process.Subscription<?>> follows() {
            var rooms = Process.on(Room.AGGREGATE, this::react);
            var gigs = Process.on(Gig.AGGREGATE, recorded -> {
                handled.add("gig " + recorded.entityId() + recorded.sequence());
                return completedFuture(null);
            });
            return followsGigs ? List.of(rooms, gigs) : List.of(rooms);
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

    /** A room in the range of another reader than the room "a". */
    private String roomInAnotherSlice() throws SQLException {
        for (int i = 0; ; i++) {
            journal.write("b" + i, 1, "hello");
            if (journal.slice("b" + i) / 256 != journal.slice("a") / 256) return "b" + i;
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
        assertFails("failing");
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
        followers.run(new TestProcess(Start.beginning(), false));
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

    @Test
    void readsThePastOfAnAggregateThatIsAdded() throws SQLException {
        followers.run(new TestProcess(Start.beginning(), false));
        journal.write("a", 1, "one");
        journal.write(Gig.AGGREGATE, "g", 1, new GigEvent.Archived(TestJournal.AT));
        Await.until(() -> assertThat(handled).containsExactly("a1"));
        Await.until(() -> assertThat(eventsBehind("reacting")).isZero());
        restartNode(4);
        followers.run(new TestProcess(Start.beginning(), true));
        journal.write("a", 2, "two");
        Await.until(() -> assertThat(eventsBehind("reacting")).isZero());
        assertThat(handled).containsExactlyInAnyOrder("a1", "gig g1", "a2");
    }

    @Test
    void startsNowIfItDeclaresIt() throws SQLException {
        journal.write("a", 1, "before");
        followers.run(new TestProcess(Start.now(), false));
        journal.write("a", 2, "after");
        Await.until(() -> assertThat(handled).contains("a2"));
        restartNode(4);
        journal.write("a", 3, "between");
        followers.run(new TestProcess(Start.now(), false));
        Await.until(() -> assertThat(eventsBehind("reacting")).isZero());
        assertThat(handled.stream().distinct()).containsExactly("a2", "a3");
    }

    @Test
    void readsOnWhenTheNumberOfReadersChanges() throws SQLException {
        var rooms = IntStream.range(0, 40).mapToObj(i -> "r" + i).toList();
        for (int readers : new int[] {4, 1, 7}) {
            if (readers != 4) restartNode(readers);
            followers.run(new TestView("view", false));
            for (var room : rooms) journal.write(room, 1 + events(room), "text");
            Await.until(() -> assertThat(eventsBehind("view")).isZero());
            for (var room : rooms) assertThat(rows("view", room)).isEqualTo(events(room));
            assertThat(journal.text("SELECT count(*) FROM follower_position")).isEqualTo(Integer.toString(readers));
        }
    }

    private long events(String room) {
        return Long.parseLong(
                journal.text("SELECT count(*) FROM event_journal WHERE persistence_id = 'room|%s'".formatted(room)));
    }

    /** At least three attempts with pauses of 200 and 400 ms, less what the scheduler is early under load. */
    private void assertFailsWithBackoff(String follower) {
        assertFails(follower);
        var at = List.copyOf(failures);
        assertThat(Duration.ofNanos(at.get(1) - at.get(0))).isGreaterThan(Duration.ofMillis(150));
        assertThat(Duration.ofNanos(at.get(2) - at.get(1))).isGreaterThan(Duration.ofMillis(300));
    }

    /** Each attempt is counted. */
    private void assertFails(String follower) {
        Await.until(() -> assertThat(failures).hasSizeGreaterThanOrEqualTo(3));
        assertThat(metrics.get("guildhall.follower.failures")
                        .tag("follower", follower)
                        .counter()
                        .count())
                .isPositive();
    }
}
