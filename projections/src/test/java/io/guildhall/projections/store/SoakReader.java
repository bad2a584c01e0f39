package io.guildhall.projections.store;

import io.guildhall.projections.store.JournalSignal.State;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Reads all events in one range of slices and checks their numbers.
 *
 * @param isWritten set when all events are written
 * @param violations what was read twice, too early or not at all
 * @param lags of some events: milliseconds from the write to the reading
 */
record SoakReader(
        String name,
        DataSource database,
        JournalReader journal,
        JournalSignal signal,
        SliceRange range,
        SoakLoad load,
        AtomicBoolean isWritten,
        Collection<String> violations,
        Collection<Long> lags) {
    private static final int BATCH = 500;
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);

    Void read() throws Exception {
        var last = new HashMap<String, Long>();
        var position = Position.START;
        long readUpTo = 0;
        long progressAt = System.nanoTime();
        while (true) {
            boolean wasWritten = isWritten.get();
            long horizon = signal.await(List.of(SoakLoad.KIND), range, new State(readUpTo, 0))
                    .toCompletableFuture()
                    .get(STALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .horizon();
            List<Envelope> batch;
            do {
                batch = readBatch(Collections.max(List.of(position, new Position(readUpTo, 0))), horizon);
                for (var it : batch) check(it, last);
                if (!batch.isEmpty()) {
                    position = batch.getLast().position();
                    progressAt = System.nanoTime();
                }
            } while (batch.size() == BATCH);
            readUpTo = horizon;
            if (wasWritten && hasReadAll(last)) return null;
            if (wasWritten && System.nanoTime() - progressAt > STALL_TIMEOUT.toNanos()) {
                reportMissing(last);
                return null;
            }
        }
    }

    /** As the readers of followers: from memory, otherwise from the database. */
    private List<Envelope> readBatch(Position position, long horizon) throws SQLException {
        var after = Map.of(SoakLoad.KIND, position);
        var recent = signal.recentEvents(after, range, horizon, BATCH);
        return recent.isPresent() ? recent.get() : journal.read(after, range, horizon, BATCH);
    }

    private void check(Envelope event, Map<String, Long> last) {
        long expected = last.getOrDefault(event.entityId(), 0L) + 1;
        if (event.sequence() != expected)
            violations.add(
                    name + " read event " + event.sequence() + " of " + event.entityId() + " instead of " + expected);
        last.put(event.entityId(), event.sequence());
        if (event.position().ordering() % 50 == 0)
            lags.add(Duration.between(event.at(), Instant.now()).toMillis());
    }

    private boolean hasReadAll(Map<String, Long> last) throws SQLException {
        return expected().equals(last);
    }

    private void reportMissing(Map<String, Long> last) throws SQLException {
        expected().forEach((entity, number) -> {
            if (!number.equals(last.get(entity)))
                violations.add(name + " read " + entity + " up to " + last.get(entity) + " instead of " + number);
        });
    }

    private Map<String, Long> expected() throws SQLException {
        var expected = new HashMap<String, Long>();
        var committed = load.committed();
        try (var connection = database.getConnection()) {
            Sql.list(
                            connection,
                            "SELECT id FROM unnest(?) AS e(id) WHERE journal_slice(? || id) BETWEEN ? AND ?",
                            row -> row.getString(1),
                            Sql.texts(List.copyOf(committed.keySet())),
                            SoakLoad.KIND + "|",
                            range.first(),
                            range.last())
                    .forEach(id -> expected.put(id, committed.get(id)));
        }
        return expected;
    }
}
