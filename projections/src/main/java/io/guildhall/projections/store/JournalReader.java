package io.guildhall.projections.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.guildhall.kernel.Correlation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.util.Try;

/**
 * Reads the journal in transaction order, up to the oldest transaction that is still writing to it. An unused sequence
 * number leaves no gap to wait for, no event of a slow writer is skipped, and long transactions that do not write
 * events delay no reader. Blocks: call it from a virtual thread.
 */
final class JournalReader {
    /** The number of slices. They are numbered from 0, as in the journal's generated column. */
    static final int SLICES = 4;

    private final DataSource database;
    private final Serialization serialization;

    JournalReader(DataSource database, ActorSystem<?> system) {
        this.database = database;
        this.serialization = SerializationExtension.get(system);
    }

    /**
     * Returns a transaction id. Every event of an earlier transaction is visible from now on, and no further one will
     * be written. This holds because writing events is the first thing that a transaction does: it has the lock on the
     * journal before it has an id, and releases the lock after it has ended.
     */
    long horizon() throws SQLException {
        try (var connection = database.getConnection()) {
            return horizon(connection);
        }
    }

    private static long horizon(Connection connection) throws SQLException {
        // Transaction ids of locks have 32 bits, so they are computed from their distance to the next id. Ids that are
        // assigned in the meantime lie behind it.
        try (var query = connection.prepareStatement("""
                        WITH next AS MATERIALIZED (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xid),
                             lock AS MATERIALIZED (SELECT * FROM pg_locks WHERE locktype IN ('relation', 'transactionid'))
                        SELECT next.xid - coalesce(max(age.of), 0)
                          FROM next
                          LEFT JOIN lock writer
                                 ON writer.relation = 'event_journal'::regclass AND writer.mode = 'RowExclusiveLock'
                                AND writer.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                          LEFT JOIN lock own
                                 ON own.virtualtransaction = writer.virtualtransaction
                                AND own.locktype = 'transactionid' AND own.mode = 'ExclusiveLock'
                          LEFT JOIN LATERAL (SELECT (next.xid - own.transactionid::text::bigint) & 4294967295 AS of) AS age
                                 ON age.of < 2147483648
                         GROUP BY next.xid
                        """);
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Reads up to {@code limit} events of these kinds in this slice after a position, in order. */
    List<Envelope> read(Collection<String> kinds, int slice, Position after, int limit) throws SQLException {
        try (var connection = database.getConnection()) {
            return read(connection, horizon(connection), kinds, slice, after, limit);
        }
    }

    private List<Envelope> read(
            Connection connection, long horizon, Collection<String> kinds, int slice, Position after, int limit)
            throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT e.transaction, e.ordering, k.kind, e.persistence_id, e.sequence_number, e.event_ser_id,
                               e.event_ser_manifest, e.event_payload, e.write_timestamp, e.meta_payload
                          FROM unnest(?::text[]) AS k(kind)
                         CROSS JOIN LATERAL (
                               SELECT xid::text::bigint AS transaction, j.*
                                 FROM event_journal j
                                WHERE j.kind = k.kind AND j.slice = ?
                                  AND (j.xid, j.ordering) > (?::text::xid8, ?)
                                  AND j.xid < ?::text::xid8
                                ORDER BY j.xid, j.ordering
                                LIMIT ?) AS e
                         ORDER BY e.transaction, e.ordering
                         LIMIT ?
                        """)) {
            query.setArray(1, connection.createArrayOf("text", kinds.toArray()));
            query.setInt(2, slice);
            query.setString(3, Long.toString(after.transaction()));
            query.setLong(4, after.ordering());
            query.setString(5, Long.toString(horizon));
            query.setInt(6, limit);
            query.setInt(7, limit);
            var envelopes = new ArrayList<Envelope>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var event = event(rows);
                    if (event.isSuccess()) envelopes.add(envelope(rows, event.get()));
                    else if (envelopes.isEmpty())
                        throw unreadable(rows, event.failed().get());
                    else break; // The events before the unreadable one are processed first.
                }
            }
            return envelopes;
        }
    }

    private Try<Object> event(ResultSet row) throws SQLException {
        return serialization.deserialize(
                row.getBytes("event_payload"), row.getInt("event_ser_id"), row.getString("event_ser_manifest"));
    }

    private static SQLException unreadable(ResultSet row, Throwable cause) throws SQLException {
        return new SQLException(
                "event " + row.getLong("ordering") + " of the journal, " + row.getString("event_ser_manifest") + " of "
                        + row.getString("persistence_id") + ", cannot be read: " + cause.getMessage(),
                cause);
    }

    private static Envelope envelope(ResultSet row, Object event) throws SQLException {
        return new Envelope(
                new Position(row.getLong("transaction"), row.getLong("ordering")),
                row.getString("kind"),
                PersistenceId.extractEntityId(row.getString("persistence_id")),
                row.getLong("sequence_number"),
                event,
                Instant.ofEpochMilli(row.getLong("write_timestamp")),
                correlation(row.getBytes("meta_payload")));
    }

    /** An event without a request has no correlation id, nor has one of a version without correlation ids. */
    private static Correlation correlation(byte[] metadata) {
        return metadata == null ? Correlation.NONE : new Correlation(new String(metadata, UTF_8));
    }

    /** One aggregate's events in one slice. */
    record Stream(String kind, int slice) {}

    /**
     * Returns the streams that have events between their position in {@code seen} and the horizon, with the position of
     * the last one.
     */
    List<Map.Entry<Stream, Position>> newer(Map<Stream, Position> seen, long horizon) throws SQLException {
        var streams = List.copyOf(seen.keySet());
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT w.kind, w.slice, e.xid::text::bigint, e.ordering
                          FROM unnest(?::text[], ?::int[], ?::text[], ?::bigint[]) AS w(kind, slice, xid, ordering)
                         CROSS JOIN LATERAL (
                               SELECT j.xid, j.ordering
                                 FROM event_journal j
                                WHERE j.kind = w.kind AND j.slice = w.slice
                                  AND (j.xid, j.ordering) > (w.xid::xid8, w.ordering)
                                  AND j.xid < ?::text::xid8
                                ORDER BY j.xid DESC, j.ordering DESC
                                LIMIT 1) AS e
                        """)) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text", streams.stream().map(Stream::kind).toArray()));
            query.setArray(
                    2,
                    connection.createArrayOf(
                            "int", streams.stream().map(Stream::slice).toArray()));
            query.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            streams.stream()
                                    .map(it -> Long.toString(
                                            requireNonNull(seen.get(it)).transaction()))
                                    .toArray()));
            query.setArray(
                    4,
                    connection.createArrayOf(
                            "bigint",
                            streams.stream()
                                    .map(it -> requireNonNull(seen.get(it)).ordering())
                                    .toArray()));
            query.setString(5, Long.toString(horizon));
            var newer = new ArrayList<Map.Entry<Stream, Position>>();
            try (var rows = query.executeQuery()) {
                while (rows.next())
                    newer.add(Map.entry(
                            new Stream(rows.getString(1), rows.getInt(2)),
                            new Position(rows.getLong(3), rows.getLong(4))));
            }
            return newer;
        }
    }

    /** Counts the events after a position. */
    long countAfter(Collection<String> kinds, int slice, Position after) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT count(*) FROM event_journal
                         WHERE kind = ANY(?) AND slice = ? AND (xid, ordering) > (?::text::xid8, ?)
                        """)) {
            query.setArray(1, connection.createArrayOf("text", kinds.toArray()));
            query.setInt(2, slice);
            query.setString(3, Long.toString(after.transaction()));
            query.setLong(4, after.ordering());
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
