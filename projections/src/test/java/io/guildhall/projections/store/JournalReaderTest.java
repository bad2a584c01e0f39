package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.store.JournalReader.Stream;
import io.guildhall.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every committed event is read exactly once, whatever other transactions do. */
class JournalReaderTest {
    private static final List<String> ROOMS = List.of("room");
    private static final ActorTestKit kit = ActorTestKit.create();

    private final TestJournal journal = new TestJournal();
    private final JournalReader reader = new JournalReader(journal.database, kit.system());

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private List<Envelope> read(Position after) throws SQLException {
        return reader.read(ROOMS, journal.slice("a"), after, 100);
    }

    private List<String> texts() throws SQLException {
        return texts(read(Position.START));
    }

    private static List<String> texts(List<Envelope> envelopes) {
        return envelopes.stream().map(it -> ((MessagePosted) it.event()).text()).toList();
    }

    @Test
    void doesNotWaitForUnusedNumbers() throws SQLException {
        journal.write("a", 1, "one");
        journal.text("SELECT nextval('event_journal_ordering_seq')");
        try (var failed = journal.begin()) {
            TestJournal.write(failed, "a", 2, "never");
            failed.rollback();
        }
        journal.write("a", 2, "two");
        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void readsTheCorrelationIdIfThereIsOne() throws SQLException {
        journal.write("a", 1, "of old");
        journal.write("a", 2, "asked for");
        journal.execute("""
                UPDATE event_journal SET meta_payload = 'req-42', meta_ser_id = 20, meta_ser_manifest = ''
                 WHERE sequence_number = 2
                """);
        assertThat(read(Position.START))
                .extracting(Envelope::correlation)
                .containsExactly(Correlation.NONE, new Correlation("req-42"));
        assertThat(journal.text("SELECT string_agg(coalesce(correlation_id, '-'), ' ' ORDER BY ordering) FROM journal"))
                .isEqualTo("- req-42");
    }

    @Test
    void doesNotSkipTheEventsOfASlowTransaction() throws SQLException {
        journal.write("a", 1, "before");
        try (var slow = journal.begin()) {
            TestJournal.write(slow, "a", 2, "slow");
            journal.write("a", 3, "quick");
            var soFar = read(Position.START);
            assertThat(texts(soFar)).containsExactly("before");
            slow.commit();
            assertThat(texts(read(soFar.getLast().position()))).containsExactly("slow", "quick");
        }
    }

    @Test
    void doesNotSkipEventsOfATransactionThatWritesLater() throws SQLException {
        try (var waiting = journal.begin()) {
            try (var statement = waiting.createStatement()) {
                statement.execute("LOCK TABLE event_journal IN ROW EXCLUSIVE MODE");
            }
            journal.write("a", 1, "quick");
            var soFar = read(Position.START);
            assertThat(texts(soFar)).containsExactly("quick");
            TestJournal.write(waiting, "a", 2, "late");
            waiting.commit();
            assertThat(texts(read(soFar.getLast().position()))).containsExactly("late");
        }
    }

    @Test
    void isNotDelayedByTransactionsThatWriteNoEvents() throws SQLException {
        try (var here = journal.begin();
                var elsewhere = TestDatabase.fresh().getConnection()) {
            elsewhere.setAutoCommit(false);
            for (Connection busy : List.of(here, elsewhere)) {
                try (var statement = busy.createStatement()) {
                    statement.execute("CREATE TABLE something AS SELECT pg_current_xact_id()");
                }
            }
            journal.write("a", 1, "one");
            assertThat(texts()).containsExactly("one");
        }
    }

    @Test
    void readsTheEventsBeforeAnUnreadableOne() throws SQLException {
        journal.write("a", 1, "one");
        try (var connection = journal.database.getConnection()) {
            TestJournal.write(connection, "a", 2, "room.sung", "{}".getBytes(StandardCharsets.UTF_8));
        }
        journal.write("a", 3, "three");
        var soFar = read(Position.START);
        assertThat(texts(soFar)).containsExactly("one");
        assertThatThrownBy(() -> read(soFar.getLast().position()))
                .hasMessageContaining("room.sung of room|a")
                .hasMessageContaining("event 2 of the journal");
    }

    @Test
    void readsTheRequestedKindsAndSliceOnly() throws SQLException {
        for (int i = 1; i <= 5; i++) journal.write("a", i, "text " + i);
        int slice = journal.slice("a");
        assertThat(reader.read(ROOMS, slice, Position.START, 2)).hasSize(2);
        assertThat(reader.read(List.of("job"), slice, Position.START, 100)).isEmpty();
        assertThat(reader.read(ROOMS, (slice + 1) % JournalReader.SLICES, Position.START, 100))
                .isEmpty();
        assertThat(reader.countAfter(ROOMS, slice, read(Position.START).get(1).position()))
                .isEqualTo(3);
    }

    @Test
    void newerPositionsEndAtTheHorizon() throws SQLException {
        journal.write("a", 1, "one");
        var stream = new Stream("room", journal.slice("a"));
        try (var slow = journal.begin()) {
            TestJournal.write(slow, "a", 2, "slow");
            journal.write("a", 3, "quick");
            var newer = reader.newer(Map.of(stream, Position.START), reader.horizon());
            assertThat(newer)
                    .containsExactly(
                            Map.entry(stream, read(Position.START).getLast().position()));
            assertThat(reader.newer(Map.ofEntries(newer.getFirst()), reader.horizon()))
                    .isEmpty();
        }
    }

    /** Reads while writers commit or roll back transactions of several events at random times. */
    @Test
    void readsEveryEventOnceAndInOrderWithManyWriters() throws Exception {
        long seed = new Random().nextLong();
        var committed = ConcurrentHashMap.<String>newKeySet();
        var read = new ArrayList<Envelope>();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int writer = 0; writer < 8; writer++) running.add(writers.submit(writer(writer, seed, committed)));
            var positions = new HashMap<Integer, Position>();
            boolean last = false;
            while (true) {
                boolean ended = running.stream().allMatch(Future::isDone);
                for (int slice = 0; slice < JournalReader.SLICES; slice++) {
                    var batch = reader.read(ROOMS, slice, positions.getOrDefault(slice, Position.START), 7);
                    if (!batch.isEmpty()) positions.put(slice, batch.getLast().position());
                    read.addAll(batch);
                    if (!batch.isEmpty()) ended = false;
                }
                if (last && ended) break;
                last = ended;
            }
            for (var it : running) it.get();
        }
        assertThat(read.stream().map(it -> it.entityId() + "/" + it.sequence()))
                .as("seed " + seed)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(committed);
        var latest = new HashMap<String, Long>();
        for (var it : read)
            assertThat(latest.merge(it.entityId(), it.sequence(), (before, now) -> now > before ? now : -1))
                    .as("seed " + seed)
                    .isEqualTo(it.sequence());
    }

    private Callable<Void> writer(int writer, long seed, Set<String> committed) {
        return () -> {
            var random = new Random(seed + writer);
            long sequence = 0;
            try (var connection = journal.begin()) {
                for (int round = 0; round < 60; round++) {
                    long from = sequence;
                    int events = 1 + random.nextInt(3);
                    for (int i = 0; i < events; i++) {
                        TestJournal.write(connection, "w" + writer, ++sequence, "text");
                        if (random.nextInt(4) == 0) LockSupport.parkNanos(random.nextInt(3_000_000));
                    }
                    if (random.nextInt(5) == 0) {
                        connection.rollback();
                        sequence = from;
                    } else {
                        connection.commit();
                        for (long i = from + 1; i <= sequence; i++) committed.add("w" + writer + "/" + i);
                    }
                }
            }
            return null;
        };
    }
}
