package io.guildhall.projections.store;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigEvent;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.journal.JournalEncryption;
import io.guildhall.journal.JournalEncryption.Plain;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Personal;
import io.guildhall.projections.store.Envelope.Unreadable;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestPersonKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every committed event is read exactly once, whatever other transactions do. */
class JournalReaderTest {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final TestPersonKeys KEYS = new TestPersonKeys();
    private static final JournalEncryption ENCRYPTION =
            JournalEncryption.of(kit.system().classicSystem());

    private final TestJournal journal = new TestJournal();
    private final JournalReader reader = new JournalReader(journal.database, kit.system());

    @BeforeAll
    static void openKeys() {
        ENCRYPTION.open(KEYS);
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private List<Envelope> read(Position after) throws SQLException {
        return read(SliceRange.ALL, after, 100);
    }

    private List<Envelope> read(SliceRange range, Position after, int limit) throws SQLException {
        return reader.read(Map.of("room", after), range, reader.horizon(), limit);
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

    private void writeEncrypted(String room, long sequence, String text) throws SQLException {
        writeEncrypted(room, TestJournal.said(sequence, text));
    }

    private void writeEncrypted(String room, MessagePosted event) throws SQLException {
        var payload = result(ENCRYPTION.encrypt(List.of(new Plain("room|" + room, event, List.of()))))
                .getFirst();
        try (var connection = journal.database.getConnection()) {
            TestJournal.write(connection, room, event.number(), payload.manifest(), payload.json());
        }
    }

    @Test
    void decryptsPersonalData() throws SQLException {
        writeEncrypted("a", 1, "secret");
        journal.write("a", 2, "written before");
        writeEncrypted("b", 1, "another");
        assertThat(journal.text(
                        "SELECT count(*) FROM event_journal WHERE convert_from(event_payload, 'UTF8') LIKE '%secret%'"))
                .isEqualTo("0");
        KEYS.forget();
        int reads = KEYS.reads();
        assertThat(texts()).containsExactly("secret", "written before", "another");
        assertThat(KEYS.reads()).isEqualTo(reads + 1);
        assertThat(texts(reader.readSpan(List.of("room"), 0, reader.horizon()).values().stream()
                        .flatMap(it -> it.events().stream())
                        .map(RecentEvents.Located::envelope)
                        .toList()))
                .containsExactly("secret", "written before", "another");
    }

    @Test
    void readsErasedTexts() throws SQLException {
        writeEncrypted("a", new MessagePosted("msg_1", 1, "acc_ben", "secret", TestJournal.AT));
        var _ = KEYS.destroy("acc_ben");
        assertThat(texts()).containsExactly(Personal.ERASED);
    }

    /** An event that was copied to another entity is parked. */
    @Test
    void readsMovedEventAsUnreadable() throws SQLException {
        writeEncrypted("a", 1, "secret");
        journal.execute("UPDATE event_journal SET persistence_id = 'room|b'");
        assertThat(read(Position.START))
                .singleElement()
                .extracting(Envelope::event)
                .isInstanceOf(Unreadable.class);
    }

    /** Nothing is parked: the follower tries again. */
    @Test
    void failsWithoutKeys() throws SQLException {
        writeEncrypted("a", 1, "secret");
        KEYS.forget();
        KEYS.fail(Optional.of(new UncheckedIOException(new IOException("the database is away"))));
        assertThatThrownBy(this::texts)
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("the database is away");
        KEYS.fail(Optional.of(new IllegalStateException("add the master key")));
        assertThatThrownBy(this::texts)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("add the master key");
        KEYS.fail(Optional.empty());
        assertThat(texts()).containsExactly("secret");
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
    void marksAnUnreadableEvent() throws SQLException {
        journal.write("a", 1, "one");
        try (var connection = journal.database.getConnection()) {
            TestJournal.write(connection, "a", 2, "room.sung", "{}".getBytes(StandardCharsets.UTF_8));
        }
        journal.write("a", 3, "three");
        var read = read(Position.START);
        assertThat(read).extracting(Envelope::sequence).containsExactly(1L, 2L, 3L);
        assertThat(read.get(1).event()).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> read.get(1).recorded(RoomEvent.class))
                .hasMessageContaining("room.sung of room|a")
                .hasMessageContaining("event 2 of the journal");
    }

    @Test
    void readsTheRequestedKindsAndSlicesOnly() throws SQLException {
        for (int i = 1; i <= 5; i++) journal.write("a", i, "text " + i);
        int slice = journal.slice("a");
        assertThat(read(new SliceRange(slice, slice), Position.START, 2)).hasSize(2);
        assertThat(read(new SliceRange(slice, slice), Position.START, 100)).hasSize(5);
        assertThat(read(new SliceRange(slice + 1, SliceRange.SLICES - 1), Position.START, 100))
                .isEmpty();
        assertThat(read(new SliceRange(0, slice - 1), Position.START, 100)).isEmpty();
        assertThat(reader.read(Map.of("job", Position.START), SliceRange.ALL, reader.horizon(), 100))
                .isEmpty();
    }

    @Test
    void aKindWithManyUnreadEventsDelaysNoOther() throws SQLException {
        for (int i = 1; i <= 20; i++) journal.write("a", i, "text " + i);
        var draft = new GigEvent.Archived(TestJournal.AT);
        for (int i = 1; i <= 3; i++) journal.write(Gig.AGGREGATE, "gig_a", i, draft);
        var read = reader.read(
                Map.of("room", Position.START, "gig", Position.START), SliceRange.ALL, reader.horizon(), 10);
        assertThat(read.stream().map(it -> it.kind() + it.sequence()))
                .containsExactly("room1", "room2", "room3", "room4", "room5", "room6", "room7", "gig1", "gig2", "gig3");
    }

    /** The plan decides whether a reader that is far behind costs what it reads or the whole journal. */
    @Test
    void findsTheNextEventsInTheIndex() throws SQLException {
        journal.execute("""
                INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id, event_ser_manifest, event_payload)
                SELECT 'room|' || i % 5000, i, '', 1, '', '' FROM generate_series(1, 50000) i""");
        journal.execute("ANALYZE event_journal");
        assertThat(plan("""
                        SELECT ordering FROM event_journal
                         WHERE kind = 'room' AND journal_slice(persistence_id) BETWEEN 0 AND 255
                           AND (xid, ordering) > ('0'::xid8, 25000) AND xid < '9999999'::xid8
                         ORDER BY xid, ordering LIMIT 500
                        """))
                .contains("Index Scan using event_journal_follower_idx")
                .contains("Index Cond")
                .doesNotContain("Filter");
    }

    private String plan(String sql) throws SQLException {
        try (var connection = journal.database.getConnection()) {
            return String.join("\n", Sql.list(connection, "EXPLAIN " + sql, row -> row.getString(1)));
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
            var positions = new HashMap<SliceRange, Position>();
            boolean last = false;
            while (true) {
                boolean ended = running.stream().allMatch(Future::isDone);
                for (var range : SliceRange.split(4)) {
                    var batch = read(range, positions.getOrDefault(range, Position.START), 7);
                    if (!batch.isEmpty()) positions.put(range, batch.getLast().position());
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
