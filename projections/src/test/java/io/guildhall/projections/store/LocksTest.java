package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How far the journal can be read, given which transactions run and which locks they have. */
class LocksTest {
    private static long horizon(String snapshot, Map<Long, String> holders, String... writers) {
        return new Locks(holders, Set.of(writers)).horizon(Snapshot.parse(snapshot));
    }

    @Test
    void endsAtTheNextIdWhileNoTransactionRuns() {
        assertThat(horizon("730:730:", Map.of())).isEqualTo(730);
    }

    @Test
    void stopsBeforeAWriter() {
        assertThat(horizon("728:731:728,730", Map.of(728L, "3/7", 730L, "4/1"), "3/7", "4/1"))
                .isEqualTo(728);
        assertThat(horizon("728:731:728,730", Map.of(728L, "3/7", 730L, "4/1"), "4/1"))
                .isEqualTo(730);
    }

    @Test
    void passesATransactionThatWritesNoEvents() {
        assertThat(horizon("700:731:700,730", Map.of(700L, "3/7", 730L, "4/1"))).isEqualTo(731);
    }

    /** A writer was paused between the moment in which it was given its id and the one in which it locks the id. */
    @Test
    void stopsBeforeAnIdThatIsNotLockedYet() {
        assertThat(horizon("728:730:728", Map.of(), "3/7")).isEqualTo(728);
        assertThat(horizon("728:730:728", Map.of())).isEqualTo(728);
    }

    @Test
    void ignoresAWriterWithoutAnId() {
        assertThat(horizon("730:730:", Map.of(), "3/7")).isEqualTo(730);
        assertThat(horizon("729:730:729", Map.of(729L, "4/1"), "3/7")).isEqualTo(730);
    }

    @Test
    void ignoresLocksOnIdsAfterTheSnapshot() {
        assertThat(horizon("730:730:", Map.of(730L, "3/7", 731L, "4/1"), "3/7")).isEqualTo(730);
    }

    /** The ids of locks have 32 bits. */
    @Test
    void comparesTheLowBitsOfIds() {
        long epoch = 5L << 32;
        var snapshot = (epoch - 1) + ":" + (epoch + 3) + ":" + (epoch - 1) + "," + (epoch + 1);
        assertThat(horizon(snapshot, Map.of(0xFFFF_FFFFL, "3/7", 1L, "4/1"), "4/1"))
                .isEqualTo(epoch + 1);
        assertThat(horizon(snapshot, Map.of(0xFFFF_FFFFL, "3/7", 1L, "4/1"), "3/7"))
                .isEqualTo(epoch - 1);
        assertThat(horizon(snapshot, Map.of(1L, "4/1"))).isEqualTo(epoch - 1);
    }

    private enum Stage {
        HAS_NO_ID,
        HAS_ID,
        HAS_LOCKED_ID,
        HAS_ENDED
    }

    /**
     * Random transactions that write events or do not, each in a random stage at the snapshot and in the same or a later one
     * when the locks are read: no event of a transaction that had not ended is before the horizon, and one that writes no
     * events and keeps its id delays nothing.
     */
    @Test
    void noWriterIsPassedAndNoOtherWaitedFor() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            var running = new HashSet<Long>();
            var holders = new HashMap<Long, String>();
            var writers = new HashSet<String>();
            long bound = Long.MAX_VALUE;
            long firstToWaitFor = Long.MAX_VALUE;
            int transactions = random.nextInt(6);
            for (long id = 100; id < 100 + transactions; id++) {
                boolean isWriter = random.nextBoolean();
                int before = random.nextInt(1, Stage.values().length);
                int after = random.nextInt(before, Stage.values().length);
                var atSnapshot = Stage.values()[before];
                var atLocks = Stage.values()[after];
                if (atSnapshot != Stage.HAS_ENDED) running.add(id);
                if (atLocks == Stage.HAS_LOCKED_ID) holders.put(id, "holder " + id);
                if (isWriter && atLocks != Stage.HAS_ENDED) writers.add("holder " + id);
                if (isWriter && atSnapshot != Stage.HAS_ENDED) bound = Math.min(bound, id);
                boolean isKnown = !isWriter && atLocks == Stage.HAS_LOCKED_ID;
                if (atSnapshot != Stage.HAS_ENDED && !isKnown) firstToWaitFor = Math.min(firstToWaitFor, id);
            }
            var snapshot = new Snapshot(100 + transactions, running.stream().toList());
            long horizon = new Locks(holders, writers).horizon(snapshot);
            assertThat(horizon).as("seed " + seed).isLessThanOrEqualTo(Math.min(bound, snapshot.next()));
            assertThat(horizon).as("seed " + seed).isEqualTo(Math.min(firstToWaitFor, snapshot.next()));
        }
    }
}
