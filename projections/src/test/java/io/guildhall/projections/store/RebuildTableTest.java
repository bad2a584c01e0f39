package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.projections.store.Rebuild.Phase;
import io.guildhall.projections.store.RebuildTable.Claim;
import io.guildhall.projections.store.RebuildTable.ClaimLostException;
import io.guildhall.projections.store.RebuildTable.RebuildStoppedException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One node at a time works at a rebuild. */
class RebuildTableTest {
    private final TestJournal journal = new TestJournal();

    private <T> T on(ReadDatabase.Query<T> query) throws SQLException {
        try (var connection = journal.database.getConnection()) {
            return query.on(connection);
        }
    }

    private boolean isDone(ReadDatabase.Query<Boolean> query) throws SQLException {
        return on(query);
    }

    private void run(ReadDatabase.Work work) throws SQLException {
        try (var connection = journal.database.getConnection()) {
            work.on(connection);
        }
    }

    private Optional<Claim> claim() throws SQLException {
        return on(it -> RebuildTable.claim(it, List.of("jobs")));
    }

    @Test
    void aNodeWhoseClaimWasTakenOverChangesNothing() throws SQLException {
        assertThat(claim()).isEmpty();
        assertThat(isDone(it -> RebuildTable.request(it, "jobs"))).isTrue();
        var first = claim().orElseThrow();
        assertThat(claim()).as("claimed already").isEmpty();
        journal.execute("UPDATE view_rebuild SET claimed_until = '-infinity'");
        var second = claim().orElseThrow();
        run(it -> RebuildTable.addEvents(it, second, 3));
        for (ReadDatabase.Work work : List.<ReadDatabase.Work>of(
                it -> RebuildTable.addEvents(it, first, 5),
                it -> RebuildTable.setTotal(it, first, 5),
                it -> RebuildTable.setPhase(it, first, Phase.FINISHING)))
            assertThatThrownBy(() -> run(work)).isInstanceOf(ClaimLostException.class);
        assertThat(isDone(it -> RebuildTable.end(it, first, Phase.FAILED, Optional.of("late"))))
                .isFalse();
        run(it -> RebuildTable.release(it, first, Optional.of("late")));
        assertThat(claim()).as("not released").isEmpty();
        List<Rebuild> rebuilds = on(RebuildTable::list);
        assertThat(rebuilds).singleElement().satisfies(it -> {
            assertThat(it.phase()).isEqualTo(Phase.REPLAYING);
            assertThat(it.eventsDone()).isEqualTo(3);
            assertThat(it.attempts()).isEqualTo(2);
            assertThat(it.failure()).isEmpty();
        });
    }

    @Test
    void aRebuildThatHasEndedIsClaimedByNobodyAndCanBeRequestedAgain() throws SQLException {
        assertThat(isDone(it -> RebuildTable.request(it, "jobs"))).isTrue();
        var claim = claim().orElseThrow();
        assertThat(isDone(it -> RebuildTable.requestStop(it, "jobs"))).isTrue();
        assertThatThrownBy(() -> run(it -> RebuildTable.addEvents(it, claim, 1)))
                .isInstanceOf(RebuildStoppedException.class);
        assertThat(isDone(it -> RebuildTable.end(it, claim, Phase.STOPPED, Optional.empty())))
                .isTrue();
        assertThatThrownBy(() -> run(it -> RebuildTable.addEvents(it, claim, 1)))
                .isInstanceOf(ClaimLostException.class);
        assertThat(claim()).isEmpty();
        assertThat(isDone(it -> RebuildTable.requestStop(it, "jobs"))).isFalse();
        assertThat(isDone(it -> RebuildTable.request(it, "jobs"))).isTrue();
        assertThat(claim()).isPresent();
    }
}
