package io.guildhall.projections.store;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.projections.Node;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
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

/** Views and processes as they run: what stands in the way of one holds up nobody else, and nothing is lost. */
class FollowersTest {
    private static final String POISON = "poison";
    /** An idle follower looks by itself after five seconds: who is quicker was woken. */
    private static final Duration WOKEN = Duration.ofSeconds(4);

    private final Journal journal = new Journal();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Queue<Long> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean broken = true;
    private ActorTestKit kit;
    private Followers followers;

    @BeforeEach
    void start() throws SQLException {
        journal.execute(
                "CREATE TABLE heard (follower TEXT, room TEXT, number BIGINT, PRIMARY KEY (follower, room, number))");
        kit = Node.start(journal.url);
        followers = new Followers(kit.system(), journal.database, new FollowerMetrics(metrics, InstantSource.system()));
    }

    @AfterEach
    void stop() {
        followers.close();
        kit.shutdownTestKit();
    }

    private final class Listening implements View {
        private final String name;
        private final boolean touchy;

        Listening(String name, boolean touchy) {
            this.name = name;
            this.touchy = touchy;
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
        public List<On<?>> follows() {
            return List.of(View.on(Room.AGGREGATE, this::write));
        }

        private void write(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
            if (touchy) swallow(recorded);
            Sql.update(
                    connection, "INSERT INTO heard VALUES (?, ?, ?)", name, recorded.entityId(), recorded.sequence());
        }

        @Override
        public void empty(Connection connection) {}
    }

    private final class Reacting implements Process {
        @Override
        public String name() {
            return "reacting";
        }

        @Override
        public List<On<?>> follows() {
            return List.of(Process.on(Room.AGGREGATE, this::react));
        }

        private CompletionStage<?> react(Recorded<RoomEvent> recorded) {
            try {
                swallow(recorded);
            } catch (IllegalStateException e) {
                return failedFuture(e);
            }
            heard.add(recorded.entityId() + recorded.sequence());
            return completedFuture(null);
        }
    }

    private void swallow(Recorded<RoomEvent> recorded) {
        if (!broken || !((MessagePosted) recorded.event()).text().equals(POISON)) return;
        failures.add(System.nanoTime());
        throw new IllegalStateException("cannot swallow this");
    }

    private long rows(String follower, String room) {
        return Long.parseLong(journal.text(
                "SELECT count(*) FROM heard WHERE follower = '%s' AND room = '%s'".formatted(follower, room)));
    }

    private long behind(String follower) {
        try {
            return followers.control().standings().stream()
                    .filter(it -> it.follower().equals(follower))
                    .mapToLong(FollowerControl.Standing::behind)
                    .sum();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A room of another slice. */
    private String elsewhere() throws SQLException {
        for (int i = 0; ; i++) {
            journal.write("b" + i, 1, "hello");
            if (journal.slice("b" + i) != journal.slice("a")) return "b" + i;
        }
    }

    @Test
    void aBurntNumberStallsNobody() throws SQLException {
        followers.run(new Listening("quiet", false));
        journal.write("a", 1, "one");
        Await.until(() -> assertThat(rows("quiet", "a")).isOne());
        for (int i = 2; i < 6; i++) {
            try (var failed = journal.begin()) {
                Journal.write(failed, "a", i, "never");
                failed.rollback();
            }
            journal.write("a", i, "after");
            int number = i;
            long from = System.nanoTime();
            Await.until(() -> assertThat(rows("quiet", "a")).isEqualTo(number));
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(WOKEN);
        }
        Await.until(() -> assertThat(behind("quiet")).isZero());
    }

    @Test
    void whatAViewCannotSwallowIsTriedAgainWithGrowingPausesAndHoldsUpNobodyElse() throws SQLException {
        followers.run(new Listening("touchy", true));
        followers.run(new Listening("quiet", false));
        journal.write("a", 1, "one");
        journal.write("a", 2, POISON);
        journal.write("a", 3, "three");
        var other = elsewhere();
        fails("touchy");
        Await.until(() -> assertThat(rows("quiet", "a")).isEqualTo(3));
        Await.until(() -> assertThat(rows("touchy", other)).isOne());
        journal.write(other, 2, "and on");
        Await.until(() -> assertThat(rows("touchy", other)).isEqualTo(2));
        assertThat(rows("touchy", "a")).as("nothing is skipped").isLessThan(2);
        assertThat(behind("touchy")).isPositive();
        Await.until(() -> assertThat(behind("quiet")).isZero());
        broken = false;
        Await.until(() -> assertThat(rows("touchy", "a")).isEqualTo(3));
        Await.until(() -> assertThat(behind("touchy")).isZero());
    }

    @Test
    void whatAProcessCannotDoIsTriedAgainAndAllElseFollowsInOrder() throws SQLException {
        followers.run(new Reacting());
        for (int i = 1; i <= 5; i++) journal.write("a", i, i == 3 ? POISON : "text");
        var other = elsewhere();
        fails("reacting");
        Await.until(() -> assertThat(heard).contains(other + 1));
        assertThat(heard).doesNotContain("a3", "a4", "a5");
        assertThat(behind("reacting")).isGreaterThanOrEqualTo(3);
        broken = false;
        Await.until(() -> assertThat(behind("reacting")).isZero());
        assertThat(heard.stream().filter(it -> it.startsWith("a")).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 5).mapToObj(i -> "a" + i).toList());
    }

    /** Three times, with pauses that double, each counted. */
    private void fails(String follower) {
        Await.until(() -> assertThat(failures).hasSizeGreaterThanOrEqualTo(3));
        var at = List.copyOf(failures);
        assertThat(Duration.ofNanos(at.get(1) - at.get(0))).isGreaterThan(Duration.ofMillis(190));
        assertThat(Duration.ofNanos(at.get(2) - at.get(1))).isGreaterThan(Duration.ofMillis(390));
        assertThat(metrics.get("guildhall.follower.failures")
                        .tag("follower", follower)
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(2);
    }
}
