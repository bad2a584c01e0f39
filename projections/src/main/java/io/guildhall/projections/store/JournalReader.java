package io.guildhall.projections.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.guildhall.journal.JournalEncryption;
import io.guildhall.journal.JournalEncryption.Stored;
import io.guildhall.journal.UnreadableEvent;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.store.Envelope.Unreadable;
import io.guildhall.projections.store.RecentEvents.Located;
import io.guildhall.projections.store.RecentEvents.Span;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;

/**
 * Reads the journal in transaction order, up to the oldest transaction that is still writing to it. An unused sequence
 * number leaves no gap to wait for, no event of a slow writer is skipped, and long transactions that do not write
 * events delay no reader. Blocks: call it from a virtual thread.
 */
final class JournalReader {
    private static final int MAX_SPAN = 2_000;
    private static final int MAX_COUNTED = 100_000;
    /** Of {@code event_journal}, for {@link #envelope}, which also needs {@code followed} and {@code transaction}. */
    private static final String COLUMNS = """
            ordering, persistence_id, sequence_number, event_ser_id, event_ser_manifest, event_payload, write_timestamp, meta_payload""";

    private final DataSource database;
    private final Serialization serialization;
    private final JournalEncryption encryption;

    JournalReader(DataSource database, ActorSystem<?> system) {
        this.database = database;
        this.serialization = SerializationExtension.get(system);
        this.encryption = JournalEncryption.of(system.classicSystem());
    }

    /** Returns a transaction id: the events of all earlier transactions can be read. See {@link Locks#horizon}. */
    long horizon() throws SQLException {
        return horizon(snapshot());
    }

    private Snapshot snapshot() throws SQLException {
        return poll().snapshot();
    }

    /**
     * What changes when readers have something to do.
     *
     * @param snapshot the same as before if no transaction has started or ended since
     * @param resets the same as before if no position was changed other than by reading since
     */
    record Poll(Snapshot snapshot, long resets) {}

    Poll poll() throws SQLException {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement("SELECT pg_current_snapshot()::text, resets FROM follower_reset");
                var rows = query.executeQuery()) {
            rows.next();
            return new Poll(Snapshot.parse(rows.getString(1)), rows.getLong(2));
        }
    }

    /** Returns a transaction id: the events of all earlier transactions can be read. See {@link Locks#horizon}. */
    long horizon(Snapshot snapshot) throws SQLException {
        return snapshot.running().isEmpty() ? snapshot.next() : locks().horizon(snapshot);
    }

    private Locks locks() throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT virtualtransaction, transactionid::text::bigint
                          FROM pg_locks
                         WHERE (locktype = 'transactionid' AND mode = 'ExclusiveLock')
                            OR (locktype = 'relation' AND mode = 'RowExclusiveLock' AND relation = 'event_journal'::regclass
                                AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                        """);
                var rows = query.executeQuery()) {
            var holders = new HashMap<Long, String>();
            var writers = new HashSet<String>();
            while (rows.next()) {
                var holder = rows.getString(1);
                long id = rows.getLong(2);
                if (rows.wasNull()) writers.add(holder);
                else holders.put(id, holder);
            }
            return new Locks(holders, writers);
        }
    }

    /**
     * Reads up to {@code limit} events of each of these kinds that are after a position and before the horizon, and of
     * them up to {@code limit}: the same number of each kind as far as there are as many, so that a kind with many unread
     * events delays no other. They are returned in order.
     *
     * @param after the position to start after, by kind
     */
    List<Envelope> read(Map<String, Position> after, SliceRange range, long horizon, int limit) throws SQLException {
        var kinds = List.copyOf(after.keySet());
        var positions = kinds.stream().map(it -> requireNonNull(after.get(it))).toList();
        // The limits are part of the text, so that every plan of the statement expects few rows.
        var sql = """
                SELECT * FROM (
                       SELECT f.kind AS followed, e.*, row_number() OVER (PARTITION BY f.kind ORDER BY e.xid, e.ordering) AS place
                         FROM unnest(?::text[], ?::text[], ?::bigint[]) AS f(kind, xid, ordering)
                        CROSS JOIN LATERAL (
                              SELECT j.xid, j.xid::text::bigint AS transaction, %2$s FROM event_journal j
                               WHERE j.kind = f.kind AND journal_slice(j.persistence_id) BETWEEN ? AND ?
                                 AND (j.xid, j.ordering) > (f.xid::xid8, f.ordering)
                                 AND j.xid < ?::text::xid8
                               ORDER BY j.xid, j.ordering
                               LIMIT %1$d) AS e
                        ORDER BY place, e.xid, e.ordering
                        LIMIT %1$d) AS batch
                 ORDER BY xid, ordering
                """.formatted(limit, COLUMNS);
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("text", kinds.toArray()));
            query.setArray(2, transactions(connection, positions));
            query.setArray(3, orderings(connection, positions));
            query.setInt(4, range.first());
            query.setInt(5, range.last());
            query.setString(6, Long.toString(horizon));
            var envelopes = new ArrayList<Envelope>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) envelopes.add(envelope(rows));
            }
            return decrypted(envelopes);
        }
    }

    /** Reads up to {@code limit} events of an entity from one sequence number to another, in order. */
    List<Envelope> read(ParkedEntity.Key entity, long first, long last, int limit) throws SQLException {
        try (var connection = database.getConnection()) {
            return read(connection, entity, first, last, limit);
        }
    }

    /** The same, on a connection of the caller. */
    List<Envelope> read(Connection connection, ParkedEntity.Key entity, long first, long last, int limit)
            throws SQLException {
        return decrypted(Sql.list(
                connection,
                """
                SELECT kind AS followed, xid::text::bigint AS transaction, %s FROM event_journal
                 WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ?
                 ORDER BY sequence_number LIMIT ?
                """.formatted(COLUMNS),
                this::envelope,
                PersistenceId.of(entity.kind(), entity.entityId()).id(),
                first,
                last,
                limit));
    }

    /** Reads the events of an entity after a sequence number whose JSON contains a text, in order. */
    List<Envelope> readContaining(Connection connection, ParkedEntity.Key entity, long after, String text, int limit)
            throws SQLException {
        return decrypted(Sql.list(
                connection,
                """
                SELECT kind AS followed, xid::text::bigint AS transaction, %s FROM event_journal
                 WHERE persistence_id = ? AND sequence_number > ? AND position(convert_to(?, 'UTF8') IN event_payload) > 0
                 ORDER BY sequence_number LIMIT ?
                """.formatted(COLUMNS),
                this::envelope,
                PersistenceId.of(entity.kind(), entity.entityId()).id(),
                after,
                text,
                limit));
    }

    /**
     * Some of the events of a kind, counted.
     *
     * @param end the position of the last of them
     * @param isLast whether there are no more
     */
    record Count(long events, Position end, boolean isLast) {}

    /** Counts the events of a kind after a position, up to a limit that keeps the statement short. */
    Count count(String kind, Position after) throws SQLException {
        var sql = """
                SELECT events, xid::text::bigint AS transaction, ordering FROM (
                       SELECT xid, ordering, row_number() OVER (ORDER BY xid, ordering) AS events FROM event_journal
                        WHERE kind = ? AND (xid, ordering) > (?::text::xid8, ?)
                        ORDER BY xid, ordering LIMIT %d) AS counted
                 ORDER BY events DESC LIMIT 1
                """.formatted(MAX_COUNTED);
        try (var connection = database.getConnection()) {
            return Sql.list(
                            connection,
                            sql,
                            row -> new Count(
                                    row.getLong("events"),
                                    new Position(row.getLong("transaction"), row.getLong("ordering")),
                                    row.getLong("events") < MAX_COUNTED),
                            kind,
                            Long.toString(after.transaction()),
                            after.ordering())
                    .stream()
                    .findFirst()
                    .orElse(new Count(0, after, true));
        }
    }

    private static java.sql.Array transactions(Connection connection, List<Position> positions) throws SQLException {
        return connection.createArrayOf(
                "text",
                positions.stream().map(it -> Long.toString(it.transaction())).toArray());
    }

    private static java.sql.Array orderings(Connection connection, List<Position> positions) throws SQLException {
        return connection.createArrayOf(
                "bigint", positions.stream().map(Position::ordering).toArray());
    }

    private Envelope envelope(ResultSet row) throws SQLException {
        return new Envelope(
                new Position(row.getLong("transaction"), row.getLong("ordering")),
                row.getString("followed"),
                PersistenceId.extractEntityId(row.getString("persistence_id")),
                row.getLong("sequence_number"),
                event(row),
                Instant.ofEpochMilli(row.getLong("write_timestamp")),
                correlation(row.getBytes("meta_payload")));
    }

    /** The event, or what {@link #decrypted} makes an event of. */
    private Object event(ResultSet row) throws SQLException {
        var name = row.getString("event_ser_manifest");
        var event = serialization.deserialize(row.getBytes("event_payload"), row.getInt("event_ser_id"), name);
        return event.isFailure()
                ? new Unreadable(name, String.valueOf(event.failed().get()))
                : readable(event.get());
    }

    private static Object readable(Object event) {
        return event instanceof UnreadableEvent(var name, var reason) ? new Unreadable(name, reason) : event;
    }

    /** Decrypts the personal data of events, with one query for all keys that are not cached. */
    private List<Envelope> decrypted(List<Envelope> envelopes) throws SQLException {
        var stored = envelopes.stream()
                .map(it -> new Stored(PersistenceId.of(it.kind(), it.entityId()).id(), it.event()))
                .toList();
        var events = decrypt(stored);
        return IntStream.range(0, events.size())
                .mapToObj(it -> envelopes.get(it).with(readable(events.get(it))))
                .toList();
    }

    private List<Object> decrypt(List<Stored> stored) throws SQLException {
        try {
            return encryption.decrypt(stored).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalStateException missing) throw missing;
            throw new SQLException("the keys of persons cannot be read", e.getCause());
        }
    }

    /** An event without a request has no correlation id, nor has one of a version without correlation ids. */
    private static Correlation correlation(byte[] metadata) {
        return metadata == null ? Correlation.NONE : new Correlation(new String(metadata, UTF_8));
    }

    /**
     * Reads the events of these kinds that transactions from {@code from} to before {@code horizon} have written, in order.
     *
     * @return by kind; the span of a kind with more than {@value #MAX_SPAN} events is not complete
     */
    Map<String, Span> readSpan(Collection<String> kinds, long from, long horizon) throws SQLException {
        var sql = """
                SELECT e.*, journal_slice(e.persistence_id) AS slice
                  FROM unnest(?::text[]) AS k(kind)
                 CROSS JOIN LATERAL (
                       SELECT kind AS followed, xid, xid::text::bigint AS transaction, %s FROM event_journal
                        WHERE kind = k.kind AND xid >= ?::text::xid8 AND xid < ?::text::xid8
                        ORDER BY xid, ordering
                        LIMIT %d) AS e
                 ORDER BY e.xid, e.ordering
                """.formatted(COLUMNS, MAX_SPAN + 1);
        try (var connection = database.getConnection()) {
            var events = decryptedAt(Sql.list(
                    connection,
                    sql,
                    row -> new Located(envelope(row), row.getInt("slice"), row.getBytes("event_payload").length),
                    Sql.texts(List.copyOf(kinds)),
                    Long.toString(from),
                    Long.toString(horizon)));
            return events.stream()
                    .collect(Collectors.groupingBy(
                            it -> it.envelope().kind(),
                            Collectors.collectingAndThen(
                                    Collectors.toList(), it -> new Span(it, it.size() <= MAX_SPAN))));
        }
    }

    private List<Located> decryptedAt(List<Located> located) throws SQLException {
        var envelopes = decrypted(located.stream().map(Located::envelope).toList());
        return IntStream.range(0, located.size())
                .mapToObj(it -> new Located(
                        envelopes.get(it),
                        located.get(it).slice(),
                        located.get(it).bytes()))
                .toList();
    }
}
