package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.projections.CrashingDatabase;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.TestNode;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Rebuild.Phase;
import io.guildhall.testing.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rebuild that is interrupted at any moment leaves the view as it was, and is started again. */
class ViewRebuildsTest {
    private static final int ROOMS = 6;

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
    private final List<ViewRebuilds> rebuilds = new ArrayList<>();
    /** The events that rebuilds may apply. */
    private final Semaphore permits = new Semaphore(Integer.MAX_VALUE / 2);

    private volatile boolean failsToAlign;
    private ActorTestKit kit;
    private Followers followers;

    @BeforeEach
    void start() throws SQLException {
        journal.execute("CREATE TABLE heard (room TEXT, number BIGINT, PRIMARY KEY (room, number))");
        kit = TestNode.start(journal.url);
        followers = new Followers(
                kit.system(),
                journal.database,
                new FollowerMetrics(new SimpleMeterRegistry(), InstantSource.system()),
                TestLoops.create(),
                2);
        followers.run(new Hearing(false));
        for (int i = 0; i < ROOMS; i++) write(1, i);
        Await.until(() -> assertThat(heard()).isEqualTo(ROOMS));
    }

    @AfterEach
    void stop() {
        permits.release(Integer.MAX_VALUE / 2);
        rebuilds.forEach(ViewRebuilds::close);
        followers.close();
        kit.shutdownTestKit();
    }

    private final class Hearing implements View {
        private final boolean isRebuilt;

        Hearing(boolean isRebuilt) {
            this.isRebuilt = isRebuilt;
        }

        @Override
        public String name() {
            return "hearing";
        }

        @Override
        public List<Table<?>> tables() {
            return List.of(HEARD);
        }

        @Override
        public List<Subscription<?>> follows() {
            return List.of(View.on(Room.AGGREGATE, this::write));
        }

        @Override
        public View forRebuild() {
            return new Hearing(true);
        }

        @Override
        public void alignAfterRebuild(Connection connection) {
            if (failsToAlign) throw new IllegalStateException("cannot align");
        }

        private void write(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
            if (isRebuilt) awaitPermit();
            HEARD.insert(connection, new Heard(recorded.entityId(), recorded.sequence()));
        }
    }

    private void awaitPermit() {
        try {
            if (!permits.tryAcquire(45, TimeUnit.SECONDS)) throw new AssertionError("no permit");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void write(long sequence, int room) throws SQLException {
        journal.write("room" + room, sequence, "text");
    }

    private int heard() {
        return Integer.parseInt(journal.text("SELECT count(*) FROM heard"));
    }

    private boolean hasShadow() {
        return journal.text("SELECT to_regnamespace('rebuild_hearing') IS NOT NULL")
                .equals("t");
    }

    /** A node that rebuilds. */
    private ViewRebuilds node(DataSource database) {
        var node = new ViewRebuilds(kit.system(), database, TestLoops.create(), List.of(new Hearing(false)));
        rebuilds.add(node);
        return node;
    }

    private ViewRebuilds node() {
        return node(journal.database);
    }

    private Rebuild rebuild() {
        try (var connection = journal.database.getConnection()) {
            return RebuildTable.list(connection).getFirst();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitPhase(Phase phase) {
        Await.until(() -> assertThat(rebuild().phase()).as(rebuild().toString()).isEqualTo(phase));
    }

    /** As time does that passes. */
    private void expireClaim() throws SQLException {
        journal.execute("UPDATE view_rebuild SET claimed_until = '-infinity'");
    }

    private void fillWithWrongRows() throws SQLException {
        journal.execute("UPDATE heard SET number = -number");
    }

    private int wrongRows() {
        return Integer.parseInt(journal.text("SELECT count(*) FROM heard WHERE number < 0"));
    }

    private void assertViewContinues() throws SQLException {
        int before = heard();
        for (int i = 0; i < ROOMS; i++)
            write(
                    Integer.parseInt(journal.text(
                            "SELECT count(*) + 1 FROM event_journal WHERE persistence_id = 'room|room" + i + "'")),
                    i);
        Await.until(() -> assertThat(heard()).isEqualTo(before + ROOMS));
    }

    @Test
    void oneNodeStartsItAndAllSeeIt() throws SQLException {
        fillWithWrongRows();
        var positions = positions();
        var first = node();
        var second = node();
        assertThat(first.request("hearing")).isTrue();
        awaitPhase(Phase.DONE);
        assertThat(second.list()).isEqualTo(first.list());
        assertThat(rebuild().eventsDone()).isEqualTo(ROOMS).isEqualTo(rebuild().eventsTotal());
        assertThat(rebuild().attempts()).isOne();
        assertThat(wrongRows()).isZero();
        assertThat(positions()).as("those of the last events").isEqualTo(positions);
        assertViewContinues();
    }

    private String positions() {
        return journal.text("SELECT string_agg(p::text, ' ' ORDER BY p::text) FROM follower_position p");
    }

    @Test
    void refusesASecondRebuildOfAView() throws SQLException {
        permits.drainPermits();
        assertThat(node().request("hearing")).isTrue();
        awaitPhase(Phase.REPLAYING);
        assertThat(node().request("hearing")).isFalse();
        assertThatThrownBy(() -> node().request("nothing")).hasMessage("No such view: nothing");
        permits.release(ROOMS);
        awaitPhase(Phase.DONE);
        permits.release(ROOMS);
        assertThat(node().request("hearing")).isTrue();
        awaitPhase(Phase.DONE);
    }

    @Test
    void aNodeThatIsLostIsReplacedAndChangesNothingWhenItComesBack() throws SQLException {
        permits.drainPermits();
        assertThat(node().request("hearing")).isTrue();
        permits.release(3);
        Await.until(() -> assertThat(permits.getQueueLength()).isPositive());
        assertThat(heard()).isEqualTo(ROOMS);
        expireClaim();
        var _ = node();
        // The other node waits for the tables until this one goes on.
        Await.until(() -> assertThat(rebuild().attempts()).isEqualTo(2));
        permits.release(10 * ROOMS);
        awaitPhase(Phase.DONE);
        assertThat(rebuild().attempts()).isEqualTo(2);
        assertThat(heard()).isEqualTo(ROOMS);
        assertViewContinues();
    }

    /** Before and after each commit. */
    @Test
    void aCrashAtAnyMomentLosesNothing() throws SQLException {
        boolean crashed = true;
        for (int moment = 1; crashed; moment++) {
            var database = CrashingDatabase.atCommits(journal.database);
            database.crashAfter(moment - 1);
            assertThat(rebuildsRequested()).isTrue();
            var dying = new ViewRebuilds(kit.system(), database, TestLoops.create(), List.of(new Hearing(false)));
            Await.until(() -> assertThat(database.hasCrashed() || rebuild().phase() == Phase.DONE)
                    .isTrue());
            dying.close();
            crashed = database.hasCrashed();
            assertThat(heard()).as("moment " + moment).isEqualTo(ROOMS);
            expireClaim();
            try (var other =
                    new ViewRebuilds(kit.system(), journal.database, TestLoops.create(), List.of(new Hearing(false)))) {
                awaitPhase(Phase.DONE);
                assertThat(other.list()).hasSize(1);
            }
            assertThat(heard()).as("moment " + moment).isEqualTo(ROOMS);
            assertThat(hasShadow()).isFalse();
            assertThat(moment).isLessThan(200);
        }
        assertViewContinues();
    }

    private boolean rebuildsRequested() throws SQLException {
        try (var connection = journal.database.getConnection()) {
            return RebuildTable.request(connection, "hearing");
        }
    }

    @Test
    void anOperatorCanStopIt() throws SQLException {
        fillWithWrongRows();
        permits.drainPermits();
        var node = node();
        assertThat(node.requestStop("hearing")).as("not rebuilt").isFalse();
        assertThat(node.request("hearing")).isTrue();
        Await.until(() -> assertThat(permits.getQueueLength()).isPositive());
        assertThat(node.requestStop("hearing")).isTrue();
        permits.release(10 * ROOMS);
        awaitPhase(Phase.STOPPED);
        assertThat(node.requestStop("hearing")).as("stopped already").isFalse();
        assertThat(wrongRows()).isEqualTo(ROOMS);
        Await.until(() -> assertThat(hasShadow()).isFalse());
        assertViewContinues();
        assertThat(node.request("hearing")).isTrue();
        awaitPhase(Phase.DONE);
        assertThat(wrongRows()).isZero();
    }

    @Test
    void itWaitsForAQueryThatReadsTheTable() throws SQLException {
        fillWithWrongRows();
        try (var reading = journal.begin()) {
            assertThat(Sql.list(reading, "SELECT number FROM heard", row -> row.getLong(1)))
                    .hasSize(ROOMS);
            assertThat(node().request("hearing")).isTrue();
            awaitPhase(Phase.SWAPPING);
            assertViewContinues();
            var claimedUntil = journal.text("SELECT claimed_until FROM view_rebuild");
            Await.until(() -> assertThat(journal.text("SELECT claimed_until FROM view_rebuild"))
                    .as("the claim is renewed")
                    .isGreaterThan(claimedUntil));
            assertThat(Sql.list(reading, "SELECT number FROM heard", row -> row.getLong(1)))
                    .hasSize(2 * ROOMS);
        }
        awaitPhase(Phase.DONE);
        assertThat(wrongRows()).isZero();
        assertThat(heard()).isEqualTo(2 * ROOMS);
        assertViewContinues();
    }

    @Test
    void itCanBeStoppedWhileItWaitsForAQuery() throws SQLException {
        fillWithWrongRows();
        try (var reading = journal.begin()) {
            assertThat(Sql.list(reading, "SELECT number FROM heard", row -> row.getLong(1)))
                    .hasSize(ROOMS);
            var node = node();
            assertThat(node.request("hearing")).isTrue();
            awaitPhase(Phase.SWAPPING);
            assertThat(node.requestStop("hearing")).isTrue();
            awaitPhase(Phase.STOPPED);
        }
        assertThat(hasShadow()).isFalse();
        assertThat(wrongRows()).isEqualTo(ROOMS);
        assertViewContinues();
    }

    /** Nodes are restarted more often than a rebuild may fail. */
    @Test
    void stopsOfItsNodeAreNoFailures() throws SQLException, InterruptedException {
        permits.drainPermits();
        assertThat(rebuildsRequested()).isTrue();
        for (int stop = 1; stop <= 12; stop++) {
            int attempt = stop;
            var node =
                    new ViewRebuilds(kit.system(), journal.database, TestLoops.create(), List.of(new Hearing(false)));
            Await.until(() -> assertThat(rebuild().attempts()).isEqualTo(attempt));
            Await.until(() -> assertThat(permits.getQueueLength()).isPositive());
            // The readers continue only when the node is being stopped: otherwise the rebuild could end first.
            var stopping = Thread.ofPlatform().start(node::close);
            Await.until(() -> assertThat(stopping.getState()).isEqualTo(Thread.State.TIMED_WAITING));
            permits.release(ROOMS);
            stopping.join();
            permits.drainPermits();
        }
        assertThat(rebuild().phase()).isEqualTo(Phase.REPLAYING);
        permits.release(10 * ROOMS);
        var _ = node();
        awaitPhase(Phase.DONE);
        assertThat(rebuild().attempts()).isEqualTo(13);
    }

    /** A vacuum takes minutes. It has this lock, which conflicts with an exchange but not with queries. */
    @Test
    void queriesDoNotWaitWhileTheExchangeWaitsForAVacuum() throws SQLException {
        fillWithWrongRows();
        try (var vacuum = journal.begin()) {
            Sql.update(vacuum, "LOCK TABLE heard IN SHARE UPDATE EXCLUSIVE MODE");
            assertThat(node().request("hearing")).isTrue();
            Await.until(() -> assertThat(waitingLocks()).isEqualTo("ShareUpdateExclusiveLock"));
            assertThat(heard()).isEqualTo(ROOMS);
            assertViewContinues();
            Await.until(() -> assertThat(rebuild().failure())
                    .hasValueSatisfying(it -> assertThat(it).contains("lock timeout", "In use by: client backend")));
            assertThat(rebuild().phase()).isEqualTo(Phase.SWAPPING);
        }
        awaitPhase(Phase.DONE);
        assertThat(rebuild().failure()).isEmpty();
        assertThat(wrongRows()).isZero();
    }

    private String waitingLocks() {
        return journal.text(
                "SELECT string_agg(DISTINCT mode, ' ') FROM pg_locks WHERE NOT granted AND relation = 'heard'::regclass");
    }

    @Test
    void itStartsAgainAfterAMigrationOfTheTable() throws SQLException {
        permits.drainPermits();
        assertThat(node().request("hearing")).isTrue();
        Await.until(() -> assertThat(permits.getQueueLength()).isPositive());
        journal.execute("ALTER TABLE heard ADD COLUMN note TEXT NOT NULL DEFAULT 'added'");
        permits.release(10 * ROOMS);
        awaitPhase(Phase.DONE);
        assertThat(rebuild().attempts()).isEqualTo(2);
        assertThat(journal.text("SELECT count(*) FROM heard WHERE note = 'added'"))
                .isEqualTo(Integer.toString(ROOMS));
    }

    @Test
    void itFailsWithAReasonIfTheTableCannotBeReplaced() throws SQLException {
        journal.execute("CREATE VIEW report AS SELECT count(*) FROM heard");
        assertThat(node().request("hearing")).isTrue();
        awaitPhase(Phase.FAILED);
        assertThat(rebuild().failure()).hasValueSatisfying(it -> assertThat(it).contains("the view report"));
        assertViewContinues();
    }

    @Test
    void rebuildEndsAfterManyFailures() throws SQLException {
        failsToAlign = true;
        assertThat(node().request("hearing")).isTrue();
        Await.until(() -> assertThat(rebuild().failure())
                .hasValueSatisfying(it -> assertThat(it).contains("cannot align")));
        assertThat(rebuild().phase()).isEqualTo(Phase.FINISHING);
        journal.execute("UPDATE view_rebuild SET failures = failures + 9");
        awaitPhase(Phase.FAILED);
        assertThat(rebuild().failure())
                .hasValueSatisfying(it -> assertThat(it).contains("The new tables serve", "cannot align"));
        failsToAlign = false;
        assertThat(node().request("hearing")).isTrue();
        awaitPhase(Phase.DONE);
        assertThat(rebuild().failure()).isEmpty();
    }
}
