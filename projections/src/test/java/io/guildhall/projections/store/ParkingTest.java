package io.guildhall.projections.store;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.TestNode;
import io.guildhall.projections.View;
import io.guildhall.projections.store.FollowerPositions.StalePositionException;
import io.guildhall.projections.store.ParkedEntity.Cause;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An event that cannot be handled delays no other entity; nothing of its own entity is handled before an operator has
 * decided. Each follower has one reader, so that all entities share it.
 */
class ParkingTest {
    private static final int TRIES = 3;
    private static final Duration OUTAGE = Duration.ofMillis(600);
    private static final Tries.Limits LIMITS =
            new Tries.Limits(TRIES, OUTAGE, Duration.ofDays(1), Duration.ofMillis(20), Duration.ofMillis(100));
    private static final int READERS = 1;

    private record Heard(String room, long number) {}

    private static final Table<Heard> HEARD = new Table<>(
            "heard",
            RecordColumns.of(
                    Heard.class,
                    Field.column("room", SqlType.TEXT, Heard::room),
                    Field.column("number", SqlType.BIGINT, Heard::number)),
            "room",
            "number");

    private final TestJournal journal = new TestJournal();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<ActorTestKit> nodes = new ArrayList<>();
    private final List<Followers> followers = new ArrayList<>();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    /** By the text of an event: how it fails. */
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

    private volatile Optional<Throwable> outage = Optional.empty();
    private final AtomicInteger failed = new AtomicInteger();

    @BeforeEach
    void start() throws SQLException {
        journal.execute("CREATE TABLE heard (room TEXT, number BIGINT, PRIMARY KEY (room, number))");
        startNode();
    }

    private Followers startNode() {
        var kit = nodes.isEmpty() ? TestNode.start(journal.url) : TestNode.startNextTo(nodes.getFirst(), journal.url);
        nodes.add(kit);
        var started = new Followers(
                kit.system(),
                journal.database,
                new FollowerMetrics(metrics, InstantSource.system()),
                TestLoops.create(),
                READERS,
                LIMITS);
        followers.add(started);
        return started;
    }

    @AfterEach
    void stop() {
        followers.forEach(Followers::close);
        nodes.forEach(ActorTestKit::shutdownTestKit);
    }

    private final class Reacting implements Process {
        @Override
        public String name() {
            return "reacting";
        }

        @Override
        public Start start() {
            return Start.beginning();
        }

        @Override
        public List<Process.Subscription<?>> follows() {
            return List.of(Process.on(Room.AGGREGATE, this::react));
        }

        private CompletionStage<?> react(Recorded<RoomEvent> recorded) {
            var failure = failure(recorded);
            if (failure.isPresent()) return failedFuture(failure.get());
            handled.add(recorded.entityId() + recorded.sequence());
            return completedFuture(null);
        }
    }

    private final class Hearing implements View {
        @Override
        public String name() {
            return "hearing";
        }

        @Override
        public List<Table<?>> tables() {
            return List.of(HEARD);
        }

        @Override
        public List<View.Subscription<?>> follows() {
            return List.of(View.on(Room.AGGREGATE, this::write));
        }

        private void write(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
            Sql.update(connection, "INSERT INTO heard VALUES (?, ?)", recorded.entityId(), recorded.sequence());
            if (failure(recorded).isPresent()) throw new IllegalStateException("broken");
        }
    }

    private Optional<Throwable> failure(Recorded<RoomEvent> recorded) {
        var failure = outage.or(() -> Optional.ofNullable(failures.get(((MessagePosted) recorded.event()).text())));
        failure.ifPresent(_ -> failed.incrementAndGet());
        return failure;
    }

    private void write(String room, int first, int last) throws SQLException {
        for (int i = first; i <= last; i++) journal.write(room, i, room + i);
    }

    private FollowerControl control() {
        return followers.getFirst().control();
    }

    private List<ParkedEntity> parked() {
        try {
            return control().parked(100);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> handledOf(String room) {
        return handled.stream().filter(it -> it.startsWith(room)).toList();
    }

    private List<String> heard() {
        return List.of(
                journal.text("SELECT coalesce(string_agg(room || number, ' ' ORDER BY room, number), '') FROM heard")
                        .split(" "));
    }

    private static List<String> events(String room, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> room + i).toList();
    }

    private void awaitParked(String room, int first, int last) {
        Await.until(() -> assertThat(parked())
                .anySatisfy(it -> assertThat(List.of(it.entityId(), it.first(), it.last()))
                        .isEqualTo(List.of(room, (long) first, (long) last))));
    }

    private void awaitNothingUnread() {
        Await.until(() -> {
            try {
                assertThat(control().progress()).allMatch(it -> it.eventsBehind() == 0);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    private double parkedGauge(String follower) {
        return metrics.get("guildhall.follower.parked")
                .tag("follower", follower)
                .gauge()
                .value();
    }

    @Test
    void anEventThatAlwaysFailsDelaysNoOtherEntityOfAProcess() throws SQLException {
        failures.put("a2", new IllegalStateException("poison"));
        followers.getFirst().run(new Reacting());
        write("a", 1, 3);
        write("b", 1, 2);
        Await.until(() -> assertThat(handled).contains("b2"));
        awaitParked("a", 2, 3);
        write("a", 4, 5);
        write("b", 3, 3);
        Await.until(() -> assertThat(handled).contains("b3"));
        awaitParked("a", 2, 5);
        assertThat(handled).containsExactly("a1", "b1", "b2", "b3");
        assertThat(failed).hasValue(TRIES);
        var parked = parked().getFirst();
        assertThat(parked.follower() + " " + parked.kind()).isEqualTo("reacting room");
        assertThat(parked.cause()).isEqualTo(Cause.FAILED);
        assertThat(parked.reason()).isEqualTo("java.lang.IllegalStateException: poison");
        assertThat(parked.tries()).isEqualTo(TRIES);
        assertThat(parkedGauge("reacting")).isOne();
        awaitNothingUnread();
    }

    /** The first failure is that of the whole group; then each event is tried alone. */
    @Test
    void anEventThatAlwaysFailsDelaysNoOtherEntityOfAView() throws SQLException {
        failures.put("m3", new AssertionError("poison"));
        for (int i = 1; i <= 200; i++) journal.write("r" + i, 1, "hello");
        write("m", 1, 4);
        for (int i = 201; i <= 400; i++) journal.write("r" + i, 1, "hello");
        followers.getFirst().run(new Hearing());
        awaitParked("m", 3, 4);
        Await.until(() -> assertThat(heard()).hasSize(402).contains("m2").doesNotContain("m3", "m4"));
        awaitNothingUnread();
    }

    @Test
    void aRetryHandlesTheEventsInTheirOrderAndThoseThatFollow() throws SQLException {
        failures.put("a2", new IllegalStateException("poison"));
        followers.getFirst().run(new Reacting());
        followers.getFirst().run(new Hearing());
        write("a", 1, 4);
        Await.until(() -> assertThat(parked()).hasSize(2).allMatch(it -> it.last() == 4));
        failures.clear();
        assertThat(control().retryParked("reacting", "room", "a")).isTrue();
        assertThat(control().retryParked("hearing", "room", "a")).isTrue();
        assertThat(control().retryParked("reacting", "room", "b")).isFalse();
        Await.until(() -> assertThat(parked()).isEmpty());
        write("a", 5, 5);
        Await.until(() -> assertThat(handledOf("a")).isEqualTo(events("a", 1, 5)));
        Await.until(() -> assertThat(heard()).isEqualTo(events("a", 1, 5)));
        Await.until(() -> assertThat(parkedGauge("reacting")).isZero());
    }

    @Test
    void aRetryOfManyEntitiesSettlesAllOfThem() throws SQLException {
        followers.getFirst().run(new Reacting());
        for (int i = 1; i <= 12; i++) {
            failures.put("a" + i + "-1", new IllegalStateException("poison"));
            journal.write("a" + i, 1, "a" + i + "-1");
        }
        Await.until(() -> assertThat(parked()).hasSize(12));
        failures.clear();
        assertThat(control().retryParked()).isEqualTo(12);
        write("b", 1, 1);
        Await.until(() -> assertThat(parked()).isEmpty());
        Await.until(() -> assertThat(handled).hasSize(13).contains("b1"));
    }

    @Test
    void aRetryThatFailsLeavesTheRestParked() throws SQLException {
        failures.put("a2", new IllegalStateException("poison"));
        failures.put("a4", new IllegalStateException("more poison"));
        followers.getFirst().run(new Reacting());
        write("a", 1, 5);
        awaitParked("a", 2, 5);
        failures.remove("a2");
        assertThat(control().retryParked()).isOne();
        awaitParked("a", 4, 5);
        Await.until(() -> assertThat(parked().getFirst().retryRequested()).isFalse());
        assertThat(parked().getFirst().reason()).contains("more poison");
        assertThat(handled).containsExactly("a1", "a2", "a3");
    }

    @Test
    void dropLeavesOutTheFailingEventOnlyAndIsRecorded() throws SQLException {
        failures.put("a2", new IllegalStateException("poison"));
        followers.getFirst().run(new Reacting());
        write("a", 1, 4);
        awaitParked("a", 2, 4);
        assertThat(control().dropParked("reacting", "room", "b", "no such room"))
                .isEmpty();
        var dropped = control()
                .dropParked("reacting", "room", "a", "sent twice by mistake")
                .orElseThrow();
        Await.until(() -> assertThat(parked()).isEmpty());
        assertThat(handled).containsExactly("a1", "a3", "a4");
        assertThat(control().dropped(10)).containsExactly(dropped);
        assertThat(dropped.sequence()).isEqualTo(2);
        assertThat(dropped.reason()).isEqualTo("sent twice by mistake");
        assertThat(dropped.failure()).contains("poison");
        assertThat(dropped.tries()).isEqualTo(TRIES);
        write("a", 5, 5);
        Await.until(() -> assertThat(handled).contains("a5"));
    }

    @Test
    void dropOfTheOnlyEventEndsTheParking() throws SQLException {
        failures.put("a1", new IllegalStateException("poison"));
        followers.getFirst().run(new Reacting());
        write("a", 1, 1);
        awaitParked("a", 1, 1);
        assertThat(control().dropParked("reacting", "room", "a", "test")).isPresent();
        Await.until(() -> assertThat(parked()).isEmpty());
        assertThat(handled).isEmpty();
    }

    @Test
    void anUnavailableDatabaseParksNobody() throws SQLException {
        assertOutageParksNobody(new SQLTransientConnectionException("connection is not available"));
    }

    @Test
    void aLostConnectionParksNobody() throws SQLException {
        assertOutageParksNobody(new SQLException("terminating connection due to administrator command", "57P01"));
    }

    /** As while shards move, or while all nodes that host entities are down. */
    @Test
    void entitiesThatDoNotReplyParkNobody() throws SQLException {
        assertOutageParksNobody(new TimeoutException("no reply"));
    }

    private void assertOutageParksNobody(Throwable failure) throws SQLException {
        outage = Optional.of(failure);
        followers.getFirst().run(new Reacting());
        write("a", 1, 3);
        write("b", 1, 3);
        long from = System.nanoTime();
        Await.until(() -> {
            assertThat(System.nanoTime() - from)
                    .isGreaterThan(OUTAGE.multipliedBy(2).toNanos());
            assertThat(failed).hasValueGreaterThan(3 * TRIES);
        });
        assertThat(parked()).isEmpty();
        outage = Optional.empty();
        awaitNothingUnread();
        assertThat(handledOf("a")).isEqualTo(events("a", 1, 3));
        assertThat(handledOf("b")).isEqualTo(events("b", 1, 3));
        assertThat(parked()).isEmpty();
    }

    /** As an entity that cannot recover. */
    @Test
    void anEntityThatNeverRepliesIsParkedWhileOthersReply() throws SQLException {
        failures.put("a1", new TimeoutException("no reply"));
        followers.getFirst().run(new Reacting());
        write("a", 1, 2);
        write("b", 1, 2);
        long from = System.nanoTime();
        awaitParked("a", 1, 2);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(OUTAGE);
        assertThat(parked().getFirst().cause()).isEqualTo(Cause.TIMED_OUT);
        Await.until(() -> assertThat(handled).contains("b2"));
        assertThat(handledOf("b").stream().distinct()).isEqualTo(events("b", 1, 2));
    }

    @Test
    void aTrialOfAnotherEventChangesNothing() throws Exception {
        var follower =
                new Follower("hearing", Follower.Type.PROCESS, List.of("room"), Start.beginning(), Optional.empty());
        var checkpoint = checkpoint(follower);
        checkpoint
                .ofTrial()
                .moveAfter(List.of(), connection -> Sql.update(connection, "INSERT INTO heard VALUES ('t', 1)"));
        assertThat(heard()).containsExactly("");
    }

    @Test
    void anEventOfANewerVersionIsParkedAtOnceAndTriedByTheNextReader() throws Exception {
        followers.getFirst().run(new Reacting());
        write("a", 1, 1);
        try (var connection = journal.database.getConnection()) {
            TestJournal.write(
                    connection, "a", 2, "room.painted", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        write("a", 3, 3);
        write("b", 1, 1);
        awaitParked("a", 2, 3);
        assertThat(parked().getFirst().cause()).isEqualTo(Cause.UNREADABLE);
        assertThat(parked().getFirst().tries()).isOne();
        Await.until(() -> assertThat(handled).containsExactly("a1", "b1"));
        // The next version knows it.
        followers.removeFirst().close();
        nodes.removeFirst().shutdownTestKit();
        journal.execute(
                "UPDATE event_journal SET (event_ser_manifest, event_payload) = (SELECT event_ser_manifest, event_payload"
                        + " FROM event_journal WHERE persistence_id = 'room|a' AND sequence_number = 1)"
                        + " WHERE persistence_id = 'room|a' AND sequence_number = 2");
        startNode().run(new Reacting());
        Await.until(() -> assertThat(handledOf("a")).isEqualTo(events("a", 1, 3)));
        Await.until(() -> assertThat(parked()).isEmpty());
    }

    @Test
    void aViewThatIsRebuiltTriesEveryEvent() throws SQLException {
        failures.put("a2", new IllegalStateException("poison"));
        followers.getFirst().run(new Hearing());
        write("a", 1, 3);
        awaitParked("a", 2, 3);
        failures.clear();
        rebuild();
        assertThat(heard()).isEqualTo(events("a", 1, 3));
        assertThat(parked()).isEmpty();
        write("a", 4, 4);
        Await.until(() -> assertThat(heard()).isEqualTo(events("a", 1, 4)));
    }

    @Test
    void aRebuildParksTheEntitiesWhoseEventsFailAndLeavesOutDroppedEvents() throws SQLException {
        for (var event : List.of("a2", "b2")) failures.put(event, new IllegalStateException("poison"));
        followers.getFirst().run(new Hearing());
        write("a", 1, 3);
        awaitParked("a", 2, 3);
        write("b", 1, 3);
        awaitParked("b", 2, 3);
        assertThat(control().dropParked("hearing", "room", "a", "wrong")).isPresent();
        Await.until(() -> assertThat(heard()).containsExactly("a1", "a3", "b1"));
        rebuild();
        assertThat(heard()).containsExactly("a1", "a3", "b1");
        awaitParked("b", 2, 3);
        assertThat(parked()).hasSize(1);
        failures.clear();
        assertThat(control().retryParked()).isOne();
        Await.until(() -> assertThat(heard()).containsExactly("a1", "a3", "b1", "b2", "b3"));
    }

    private void rebuild() throws SQLException {
        var system = nodes.getFirst().system();
        try (var rebuilds =
                new ViewRebuilds(system, journal.database, TestLoops.create(), List.of(new Hearing()), LIMITS)) {
            assertThat(rebuilds.request("hearing")).isTrue();
            Await.until(() -> {
                try {
                    assertThat(rebuilds.list())
                            .singleElement()
                            .satisfies(it -> assertThat(it.phase()).isEqualTo(Rebuild.Phase.DONE));
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Test
    void theReaderOnAnotherNodePassesOverParkedEntitiesAndSettlesThem() throws SQLException {
        failures.put("a2", new IllegalStateException("poison"));
        followers.getFirst().run(new Reacting());
        startNode().run(new Reacting());
        Await.until(
                () -> assertThat(Cluster.get(nodes.getLast().system()).state().getMembers())
                        .hasSize(2)
                        .allMatch(it -> it.status().equals(MemberStatus.up())));
        write("a", 1, 3);
        write("b", 1, 1);
        awaitParked("a", 2, 3);
        // The node dies, whether or not the reader runs on it; then the other one has it.
        var address = Cluster.get(nodes.getFirst().system()).selfMember().address();
        followers.removeFirst().close();
        nodes.removeFirst().shutdownTestKit();
        Cluster.get(nodes.getFirst().system()).manager().tell(new Down(address));
        write("a", 4, 4);
        write("b", 2, 2);
        awaitParked("a", 2, 4);
        Await.until(() -> assertThat(handled).contains("b2"));
        failures.clear();
        assertThat(control().retryParked()).isOne();
        Await.until(() -> assertThat(handledOf("a")).isEqualTo(events("a", 1, 4)));
        Await.until(() -> assertThat(parked()).isEmpty());
    }

    private Checkpoint checkpoint(Follower follower) throws SQLException {
        var range = new SliceRange(0, SliceRange.SLICES - 1);
        try (var connection = journal.database.getConnection()) {
            ReadDatabase.runInTransaction(
                    connection, it -> FollowerPositions.prepare(it, follower, List.of(range), 1_000_000));
        }
        return Checkpoint.load(journal.database, new Semaphore(1), follower, range);
    }

    /** While a reader moves, two nodes can have it. One that does not know that the entity was settled loses no event. */
    @Test
    void aReaderThatIsBehindDoesNotPassOverAnEventOfASettledEntity() throws Exception {
        var follower =
                new Follower("twice", Follower.Type.PROCESS, List.of("room"), Start.beginning(), Optional.empty());
        write("a", 1, 2);
        var reader = new JournalReader(journal.database, nodes.getFirst().system());
        var events = reader.read(new ParkedEntity.Key("room", "a"), 1, 2, 10);
        var current = checkpoint(follower);
        current.park(events.getFirst(), parkedAt(events.getFirst()));
        var behind = checkpoint(follower);
        var parked = current.parked().getFirst();
        current.ofParked(parked).moveAfter(List.of(), _ -> {});
        assertThatThrownBy(() -> behind.ofParked(parked).moveAfter(List.of(), _ -> {}))
                .as("the event was handled")
                .isInstanceOf(StalePositionException.class);
        current.unpark(parked.afterFirst());
        assertThatThrownBy(() -> behind.skip(events.getLast())).isInstanceOf(StalePositionException.class);
        current.moveAfter(List.of(events.getLast()), _ -> {});
        assertThatThrownBy(() -> behind.park(events.getLast(), parkedAt(events.getLast())))
                .as("the position has moved")
                .isInstanceOf(StalePositionException.class);
        assertThat(parked()).isEmpty();
    }

    private static ParkedEntity parkedAt(Envelope event) {
        return new ParkedEntity(
                "twice",
                event.kind(),
                event.entityId(),
                event.sequence(),
                event.sequence(),
                Cause.FAILED,
                "test",
                1,
                TestJournal.AT,
                false);
    }

    @Test
    void aFollowerThatWouldParkTooManyStops() throws Exception {
        journal.execute("INSERT INTO parked_entity SELECT 'reacting', 'room', 'p' || i, 1, 1, 'FAILED', '', 1, now()"
                + " FROM generate_series(1, " + ParkedEntities.MAX_PARKED + ") i");
        failures.put("a1", new IllegalStateException("poison"));
        followers.getFirst().run(new Reacting());
        write("a", 1, 1);
        Await.until(() -> assertThat(failed).hasValueGreaterThan(TRIES + 1));
        assertThat(journal.text("SELECT count(*) FROM parked_entity WHERE entity_id = 'a'"))
                .isEqualTo("0");
    }
}
