package io.guildhall.projections.store;

import io.guildhall.domain.room.RoomEvent;
import io.guildhall.journal.JournalSerializer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * What happens on the server while the journal is read: transactions that write events in all ways, transactions that write
 * none, and pauses of the server's processes.
 */
final class SoakLoad {
    static final String KIND = "room";
    static final Duration MAX_FOREIGN_TRANSACTION = Duration.ofSeconds(4);
    private static final int ENTITIES_PER_WRITER = 40;
    private static final int MAX_EVENTS_PER_STATEMENT = 20;
    /** A multiple of ten. */
    private static final int EVENTS_PER_CALL = 500;

    private static final Duration MAX_PAUSE = Duration.ofMillis(40);
    private static final Duration LONG_PAUSE = Duration.ofMillis(150);
    private static final Duration MAX_BETWEEN_PAUSES = Duration.ofMillis(60);

    private final JournalSoak.Plan plan;
    private final DataSource database;
    private final byte[] payload;
    private final String manifest;
    private final int serializer;
    private final AtomicInteger remaining;
    private final Map<String, Long> committed = new ConcurrentHashMap<>();
    private final List<Long> processes = new CopyOnWriteArrayList<>();
    private volatile long serverProcess;
    private volatile boolean ended;
    final AtomicLong rolledBack = new AtomicLong();
    final AtomicLong foreign = new AtomicLong();
    final AtomicInteger pauses = new AtomicInteger();
    final AtomicInteger pausesWithUnlockedId = new AtomicInteger();

    SoakLoad(JournalSoak.Plan plan, DataSource database) {
        var json = new JournalSerializer();
        RoomEvent event = TestJournal.said(1, "text");
        this.plan = plan;
        this.database = database;
        this.payload = json.toBinary(event);
        this.manifest = json.manifest(event);
        this.serializer = json.identifier();
        this.remaining = new AtomicInteger(plan.events());
    }

    /** The tasks that write events. They end when all are written. */
    List<Callable<Void>> writers() {
        var writers = new ArrayList<Callable<Void>>();
        for (int i = 0; i < plan.writers(); i++) writers.add(writer(i));
        writers.add(this::writeOnServer);
        return writers;
    }

    /** The tasks that write none. They end after {@link #end}. */
    List<Callable<Void>> others() {
        var others = new ArrayList<Callable<Void>>();
        for (int i = 0; i < plan.foreignTransactions(); i++) others.add(foreign(i));
        others.add(this::pauseWriters);
        return others;
    }

    void end() {
        ended = true;
    }

    /** The number of the last event of each entity, by its id. */
    Map<String, Long> committed() {
        return Map.copyOf(committed);
    }

    private Callable<Void> writer(int writer) {
        return () -> {
            var random = new Random(plan.seed() * 31 + writer);
            var sequences = new long[ENTITIES_PER_WRITER];
            try (var connection = database.getConnection()) {
                processes.add(PausedProcess.of(connection));
                while (remaining.get() > 0) write(connection, writer, sequences, random);
            }
            return null;
        };
    }

    /** One transaction: mostly one statement, as nodes write; some are slow, have several statements or roll back. */
    private void write(Connection connection, int writer, long[] sequences, Random random) throws SQLException {
        int kind = random.nextInt(100);
        var before = sequences.clone();
        if (kind < 85) insert(connection, writer, sequences, random);
        else {
            connection.setAutoCommit(false);
            // The lock, but no transaction id yet.
            if (kind < 90) Sql.update(connection, "LOCK TABLE event_journal IN ROW EXCLUSIVE MODE");
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                LockSupport.parkNanos(random.nextInt(8_000_000));
                insert(connection, writer, sequences, random);
            }
            LockSupport.parkNanos(random.nextInt(8_000_000));
            if (kind < 95) connection.commit();
            else {
                connection.rollback();
                rolledBack.incrementAndGet();
                System.arraycopy(before, 0, sequences, 0, before.length);
            }
            connection.setAutoCommit(true);
        }
        int written = 0;
        for (int i = 0; i < sequences.length; i++) {
            written += (int) (sequences[i] - before[i]);
            if (sequences[i] > 0) committed.put(entity(writer, i), sequences[i]);
        }
        remaining.addAndGet(-written);
    }

    private static String entity(int writer, int number) {
        return writer + "-" + number;
    }

    private void insert(Connection connection, int writer, long[] sequences, Random random) throws SQLException {
        var ids = new ArrayList<String>();
        var numbers = new ArrayList<Long>();
        for (int i = 0; i < 1 + random.nextInt(MAX_EVENTS_PER_STATEMENT); i++) {
            int entity = random.nextInt(ENTITIES_PER_WRITER);
            ids.add(KIND + "|" + entity(writer, entity));
            numbers.add(++sequences[entity]);
        }
        Sql.update(
                connection,
                """
                INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, event_ser_id, event_ser_manifest,
                                           event_payload)
                SELECT id, number, '', ?, ?, ?, ? FROM unnest(?, ?) AS e(id, number)
                """,
                Instant.now().toEpochMilli(),
                serializer,
                manifest,
                payload,
                Sql.texts(ids),
                Sql.longs(numbers));
    }

    /**
     * Transactions of one event that follow each other on the server without a pause. So its process is stopped often
     * between the assignment of a transaction id and the lock on it.
     */
    private Void writeOnServer() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE PROCEDURE write_events(first BIGINT, last BIGINT, manifest TEXT, serializer INT, payload BYTEA)
                    LANGUAGE plpgsql AS $$
                    BEGIN
                        SET synchronous_commit = off;
                        FOR i IN first..last LOOP
                            INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
                                                       event_ser_manifest, event_payload)
                            VALUES ('room|server-' || i % 10, i / 10, '', extract(epoch FROM clock_timestamp()) * 1000, serializer,
                                    manifest, payload);
                            COMMIT;
                        END LOOP;
                    END $$""");
            serverProcess = PausedProcess.of(connection);
            // The number n is the event n / 10 of the entity n % 10.
            for (long first = 10; remaining.get() > 0; first += EVENTS_PER_CALL) {
                Sql.update(
                        connection,
                        "CALL write_events(?, ?, ?, ?, ?)",
                        first,
                        first + EVENTS_PER_CALL - 1,
                        manifest,
                        serializer,
                        payload);
                for (int i = 0; i < 10; i++) committed.put("server-" + i, (first + EVENTS_PER_CALL) / 10 - 1);
                remaining.addAndGet(-EVENTS_PER_CALL);
            }
        }
        return null;
    }

    /** Transactions that have an id for up to some seconds and write no events. */
    private Callable<Void> foreign(int number) {
        return () -> {
            var random = new Random(plan.seed() * 37 + number);
            try (var connection = database.getConnection()) {
                while (!ended) {
                    boolean isLong = number < plan.foreignTransactions() / 2;
                    ReadDatabase.runInTransaction(connection, it -> {
                        Sql.list(it, "SELECT pg_current_xact_id()", _ -> true);
                        pause(isLong ? MAX_FOREIGN_TRANSACTION : Duration.ofMillis(5), random);
                    });
                    foreign.incrementAndGet();
                }
            }
            return null;
        };
    }

    private void pause(Duration max, Random random) {
        long end = System.nanoTime() + random.nextLong(max.toNanos());
        while (!ended && System.nanoTime() < end) LockSupport.parkNanos(Math.min(50_000_000, max.toNanos()));
    }

    /**
     * Stops the server's process of one writer at a time, wherever it is: for a moment, and for longer if it has a
     * transaction id and has not locked it.
     */
    private Void pauseWriters() throws Exception {
        var random = new Random(plan.seed() * 41);
        try (var connection = database.getConnection()) {
            while (!ended) {
                LockSupport.parkNanos(random.nextLong(MAX_BETWEEN_PAUSES.toNanos()));
                if (processes.isEmpty() || serverProcess == 0) continue;
                long process = random.nextInt(4) > 0 ? serverProcess : processes.get(random.nextInt(processes.size()));
                PausedProcess.whilePaused(process, MAX_PAUSE, () -> PausedProcess.isAnIdUnlocked(connection), isHit -> {
                    if (!isHit) return;
                    LockSupport.parkNanos(LONG_PAUSE.toNanos());
                    pausesWithUnlockedId.incrementAndGet();
                });
                pauses.incrementAndGet();
            }
        }
        return null;
    }
}
