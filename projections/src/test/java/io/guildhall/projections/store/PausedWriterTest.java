package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Stops the server's process of a writer at random moments, among them the one between the assignment of its transaction
 * id and the lock on the id, in which the server's views do not tell that it writes.
 */
class PausedWriterTest {
    private static final int MIN_PAUSES = 40;
    private static final int MAX_PAUSES = 4_000;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final ActorTestKit kit = ActorTestKit.create();

    private final TestJournal journal = new TestJournal();
    private final JournalReader reader = new JournalReader(journal.database, kit.system());

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    /** @param isIdUnlocked whether a transaction was running whose id was not locked */
    private record Observation(long horizon, String events, boolean isIdUnlocked) {}

    @Test
    void noEventBeforeTheHorizonIsWrittenLater() throws Exception {
        var observations = new ArrayList<Observation>();
        var random = new Random();
        try (var writer = journal.database.getConnection();
                var statement = writer.createStatement()) {
            long process = PausedProcess.of(writer);
            statement.execute("""
                    CREATE PROCEDURE write_events() LANGUAGE plpgsql AS $$
                    BEGIN
                        SET synchronous_commit = off;
                        LOOP
                            INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id, event_ser_manifest, event_payload)
                            SELECT 'room|w', coalesce(max(sequence_number), 0) + 1, '', 1, '', '' FROM event_journal WHERE persistence_id = 'room|w';
                            COMMIT;
                        END LOOP;
                    END $$""");
            var writing = CompletableFuture.runAsync(
                    () -> {
                        try {
                            statement.execute("CALL write_events()");
                        } catch (SQLException e) {
                            // It was cancelled.
                        }
                    },
                    Thread::startVirtualThread);
            int hits = 0;
            for (int i = 0; i < MAX_PAUSES && (i < MIN_PAUSES || hits == 0); i++) {
                LockSupport.parkNanos(random.nextInt(3_000_000));
                var seen = PausedProcess.whilePaused(process, PAUSE, this::observe, _ -> {});
                seen.ifPresent(observations::add);
                if (seen.filter(Observation::isIdUnlocked).isPresent()) hits++;
            }
            statement.cancel();
            writing.get(30, TimeUnit.SECONDS);
        }
        assertThat(observations).as("pauses in the moment that matters").anyMatch(Observation::isIdUnlocked);
        for (var it : observations) assertThat(events(it.horizon())).isEqualTo(it.events());
    }

    private Observation observe() throws SQLException {
        // A later transaction ends before the one that is paused.
        journal.text("SELECT pg_current_xact_id()");
        long horizon = reader.horizon();
        try (var connection = journal.database.getConnection()) {
            return new Observation(horizon, events(horizon), PausedProcess.isAnIdUnlocked(connection));
        }
    }

    private String events(long horizon) {
        return journal.text("SELECT count(*) FROM event_journal WHERE xid < '" + horizon + "'");
    }
}
