package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.projections.Start;
import io.guildhall.projections.store.FollowerControl.Progress;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of followers. */
class FollowerControlTest {
    private static final Follower FOLLOWER = new Follower(
            "follower", Follower.Type.PROCESS, List.of("room", "job"), Start.beginning(), Optional.empty());

    private final TestJournal journal = new TestJournal();
    private final FollowerControl control = new FollowerControl(journal.database, List.of(FOLLOWER));

    @BeforeEach
    void prepare() throws SQLException {
        try (var connection = journal.database.getConnection()) {
            ReadDatabase.runInTransaction(
                    connection, it -> FollowerPositions.prepare(it, FOLLOWER, SliceRange.split(4), 1));
        }
    }

    private Progress progress() throws SQLException {
        return control.progress().getFirst();
    }

    private SliceRange rangeOf(String room) {
        int slice = journal.slice(room);
        return SliceRange.split(4).stream()
                .filter(it -> it.overlaps(new SliceRange(slice, slice)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsHowFarItIsBehind() throws SQLException {
        assertThat(progress()).isEqualTo(new Progress("follower", "process", 0, false, Optional.empty(), 100));
        for (int i = 1; i <= 4; i++) journal.write("a", i, "text");
        journal.execute("UPDATE event_journal SET write_timestamp = write_timestamp + 1000 * ordering");
        assertThat(progress().eventsBehind()).isEqualTo(4);
        assertThat(progress().behindSince()).contains(TestJournal.AT.plusSeconds(1));
        assertThat(progress().percent()).isLessThan(100);
        long xid = Long.parseLong(journal.text("SELECT xid FROM event_journal WHERE ordering = 3"));
        journal.execute("UPDATE follower_position SET xid = '%d', ordering = 3 WHERE kind = 'room' AND first_slice = %d"
                .formatted(xid, rangeOf("a").first()));
        assertThat(progress().eventsBehind()).isEqualTo(1);
        assertThat(progress().behindSince()).contains(TestJournal.AT.plusSeconds(4));
        assertThat(progress().isMinimum()).isFalse();
    }

    /** A follower that is far behind costs no count of the whole journal. */
    @Test
    void countsUpToALimit() throws SQLException {
        journal.execute("""
                INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, event_ser_id, event_ser_manifest,
                                           event_payload)
                SELECT 'room|a', i, '', 0, 1, '', '' FROM generate_series(1, 10005) i""");
        assertThat(progress().eventsBehind()).isEqualTo(10_000);
        assertThat(progress().isMinimum()).isTrue();
    }

    @Test
    void aReaderWithoutPositionsIsRefused() throws SQLException {
        journal.execute("DELETE FROM follower_position WHERE kind = 'job'");
        assertThatThrownBy(() -> Checkpoint.load(journal.database, new Semaphore(1), FOLLOWER, rangeOf("a")))
                .isInstanceOf(FollowerPositions.StalePositionException.class);
    }
}
