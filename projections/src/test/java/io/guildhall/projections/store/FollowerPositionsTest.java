package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Start;
import io.guildhall.projections.store.FollowerPositions.StalePositionException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where followers start, and that a position is saved only over the one that was read. */
class FollowerPositionsTest {
    private static final long HORIZON = 1_000_000;
    private static final Position NOW = new Position(HORIZON, 0);
    private static final SliceRange FIRST_HALF = new SliceRange(0, 511);
    private static final SliceRange SECOND_HALF = new SliceRange(512, 1023);

    private final TestJournal journal = new TestJournal();

    @BeforeEach
    void createTable() throws SQLException {
        journal.execute("CREATE TABLE written (what TEXT)");
    }

    private static Follower follower(Start start, String... kinds) {
        return new Follower("follower", Follower.Type.PROCESS, List.of(kinds), start, Optional.empty());
    }

    private void prepare(Follower follower, int readers) throws SQLException {
        try (var connection = journal.database.getConnection()) {
            ReadDatabase.runInTransaction(
                    connection, it -> FollowerPositions.prepare(it, follower, SliceRange.split(readers), HORIZON));
        }
    }

    private Map<String, Position> positions(Follower follower, SliceRange range) throws SQLException {
        return checkpoint(follower, range).positions();
    }

    private Checkpoint checkpoint(Follower follower, SliceRange range) throws SQLException {
        return Checkpoint.load(journal.database, new Semaphore(1), follower, range);
    }

    private static List<Envelope> upTo(String kind, long transaction, long ordering) {
        var event = TestJournal.said(1, "text");
        return List.of(new Envelope(
                new Position(transaction, ordering), kind, "id", 1, event, TestJournal.AT, Correlation.NONE));
    }

    private static void write(Connection connection, String what) throws SQLException {
        Sql.update(connection, "INSERT INTO written VALUES (?)", what);
    }

    private String written() {
        return journal.text("SELECT string_agg(what, ' ' ORDER BY what) FROM written");
    }

    @Test
    void startsWhereItDeclares() throws SQLException {
        journal.write("a", 1, "one");
        journal.write("a", 2, "two");
        journal.execute("UPDATE event_journal SET write_timestamp = write_timestamp + 1000 * ordering");
        var second = new Position(Long.parseLong(journal.text("SELECT xid FROM event_journal WHERE ordering = 2")), 2);
        for (var it : Map.of(
                        Start.beginning(),
                        Position.START,
                        Start.now(),
                        NOW,
                        Start.at(TestJournal.AT.plusSeconds(2)),
                        new Position(second.transaction(), 1),
                        Start.at(TestJournal.AT.plusSeconds(3)),
                        NOW)
                .entrySet()) {
            var follower = follower(it.getKey(), "room");
            prepare(follower, 1);
            assertThat(positions(follower, SliceRange.ALL))
                    .as("" + it.getKey())
                    .containsExactly(Map.entry("room", it.getValue()));
            journal.execute("DELETE FROM follower_position");
        }
    }

    @Test
    void keepsItsPositionWhenItIsStartedAgain() throws SQLException {
        var follower = follower(Start.now(), "room");
        prepare(follower, 1);
        checkpoint(follower, SliceRange.ALL).moveAfter(upTo("room", HORIZON + 5, 3), _ -> {});
        prepare(follower, 1);
        assertThat(positions(follower, SliceRange.ALL)).containsValue(new Position(HORIZON + 5, 3));
    }

    @Test
    void readsThePastOfAnAggregateThatIsAdded() throws SQLException {
        prepare(follower(Start.beginning(), "room"), 1);
        checkpoint(follower(Start.beginning(), "room"), SliceRange.ALL).moveAfter(upTo("room", 7, 3), _ -> {});
        var more = follower(Start.beginning(), "room", "job");
        prepare(more, 1);
        assertThat(positions(more, SliceRange.ALL))
                .isEqualTo(Map.of("room", new Position(7, 3), "job", Position.START));
    }

    @Test
    void noEventIsSkippedWhenTheNumberOfReadersChanges() throws SQLException {
        var follower = follower(Start.beginning(), "room");
        prepare(follower, 2);
        checkpoint(follower, FIRST_HALF).moveAfter(upTo("room", 5, 1), _ -> {});
        checkpoint(follower, SECOND_HALF).moveAfter(upTo("room", 9, 1), _ -> {});
        var before = checkpoint(follower, FIRST_HALF);
        prepare(follower, 3);
        var ranges = SliceRange.split(3);
        assertThat(positions(follower, ranges.get(0))).containsValue(new Position(5, 1));
        assertThat(positions(follower, ranges.get(1))).containsValue(new Position(5, 1));
        assertThat(positions(follower, ranges.get(2))).containsValue(new Position(9, 1));
        assertThatThrownBy(() -> before.moveAfter(upTo("room", 6, 1), it -> write(it, "with the old range")))
                .isInstanceOf(StalePositionException.class);
        assertThatThrownBy(() -> checkpoint(follower, FIRST_HALF)).isInstanceOf(StalePositionException.class);
        assertThat(written()).isNull();
        assertThat(journal.text("SELECT resets FROM follower_reset")).isNotEqualTo("0");
    }

    @Test
    void theGroupOfAStaleReaderChangesNothing() throws SQLException {
        var follower = follower(Start.beginning(), "room", "job");
        prepare(follower, 1);
        var reader = checkpoint(follower, SliceRange.ALL);
        var stale = checkpoint(follower, SliceRange.ALL);
        reader.moveAfter(upTo("room", 7, 3), it -> write(it, "new"));
        assertThatThrownBy(() -> stale.moveAfter(upTo("room", 5, 1), it -> write(it, "old")))
                .isInstanceOf(StalePositionException.class);
        assertThat(written()).isEqualTo("new");
        assertThat(positions(follower, SliceRange.ALL)).containsEntry("room", new Position(7, 3));
        reader.moveAfter(upTo("room", 8, 4), it -> write(it, "newer"));
        assertThat(written()).isEqualTo("new newer");
    }

    /** While one reader works, the other waits for it: it cannot write in between. */
    @Test
    void theSameGroupOfTwoReadersIsAppliedOnce() throws Exception {
        var follower = follower(Start.beginning(), "room");
        prepare(follower, 1);
        var first = checkpoint(follower, SliceRange.ALL);
        var second = checkpoint(follower, SliceRange.ALL);
        var waiting = new CompletableFuture<Throwable>();
        first.moveAfter(upTo("room", 7, 3), connection -> {
            Thread.startVirtualThread(() -> {
                try {
                    second.moveAfter(upTo("room", 7, 3), it -> write(it, "second"));
                    waiting.complete(new AssertionError("not refused"));
                } catch (SQLException | RuntimeException e) {
                    waiting.complete(e);
                }
            });
            io.guildhall.Await.until(() -> assertThat(
                            journal.text(
                                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"))
                    .isEqualTo("1"));
            write(connection, "first");
        });
        assertThat(io.guildhall.Await.result(waiting)).isInstanceOf(StalePositionException.class);
        assertThat(written()).isEqualTo("first");
    }

    @Test
    void aReaderNoticesThatItsViewWasRebuilt() throws SQLException {
        var follower = follower(Start.beginning(), "room");
        prepare(follower, 1);
        var reader = checkpoint(follower, SliceRange.ALL);
        reader.moveAfter(upTo("room", 7, 3), it -> write(it, "before"));
        try (var connection = journal.database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> {
                assertThat(FollowerPositions.lock(it, "follower")).isEqualTo(new Position(7, 3));
                FollowerPositions.moveAll(it, "follower", new Position(9, 0));
            });
        }
        assertThatThrownBy(() -> reader.moveAfter(upTo("room", 8, 4), it -> write(it, "after")))
                .isInstanceOf(StalePositionException.class);
        assertThat(written()).isEqualTo("before");
        assertThat(positions(follower, SliceRange.ALL)).containsValue(new Position(9, 0));
    }

    @Test
    void movesEachReaderToTheLastEventBeforeAHorizon() throws SQLException {
        var follower = follower(Start.beginning(), "room");
        prepare(follower, 1);
        for (int i = 1; i <= 3; i++) journal.write("a", i, "text");
        var last = new Position(Long.parseLong(journal.text("SELECT xid FROM event_journal WHERE ordering = 2")), 2);
        moveToLastEvent(last.transaction() + 1);
        assertThat(positions(follower, SliceRange.ALL)).containsValue(last);
        moveToLastEvent(last.transaction() - 1);
        assertThat(positions(follower, SliceRange.ALL)).as("never back").containsValue(last);
        prepare(follower, 2);
        moveToLastEvent(Long.MAX_VALUE);
        for (var range : SliceRange.split(2))
            assertThat(positions(follower, range).values())
                    .singleElement()
                    .extracting(Position::ordering)
                    .isEqualTo(range.overlaps(new SliceRange(journal.slice("a"), journal.slice("a"))) ? 3L : 2L);
    }

    private void moveToLastEvent(long horizon) throws SQLException {
        try (var connection = journal.database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> FollowerPositions.moveToLastEvent(it, "follower", horizon));
        }
    }

    @Test
    void aFailedGroupMovesNoPosition() throws SQLException {
        var follower = follower(Start.beginning(), "room");
        prepare(follower, 1);
        var reader = checkpoint(follower, SliceRange.ALL);
        assertThatThrownBy(() -> reader.moveAfter(upTo("room", 7, 3), it -> {
                    write(it, "lost");
                    throw new AssertionError("an error, not an exception");
                }))
                .hasMessage("an error, not an exception");
        assertThat(written()).isNull();
        assertThat(positions(follower, SliceRange.ALL)).containsValue(Position.START);
    }
}
