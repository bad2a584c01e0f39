package io.guildhall.projections.store;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.journal.JournalSerializer;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.TestPool;
import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/** A new database with a journal that tests write to. */
public final class TestJournal {
    static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final JournalSerializer SERIALIZER = new JournalSerializer();

    public final String url;
    public final DataSource database;

    public TestJournal() {
        this(TestDatabase.migratedUrl(Migrations::run));
    }

    private TestJournal(String url) {
        this.url = url;
        this.database = TestPool.open(url);
    }

    /** A database with an earlier schema. */
    static TestJournal atVersion(String schemaVersion) {
        var journal = new TestJournal(TestDatabase.freshUrl());
        Migrations.flyway(journal.database).target(schemaVersion).load().migrate();
        return journal;
    }

    /** Begins a transaction. */
    Connection begin() throws SQLException {
        var connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    static RoomEvent.MessagePosted said(long number, String text) {
        return new RoomEvent.MessagePosted("msg_" + number, number, "acc_ann", text, AT);
    }

    static void write(Connection connection, String room, long sequence, String text) throws SQLException {
        var event = said(sequence, text);
        write(connection, room, sequence, SERIALIZER.manifest(event), SERIALIZER.toBinary(event));
    }

    /** Writes an event in its own transaction. */
    public void write(Aggregate<?, ?, ?, ?> aggregate, String id, long sequence, Object event) throws SQLException {
        try (var connection = database.getConnection()) {
            write(connection, aggregate, id, sequence, event);
        }
    }

    public static void write(
            Connection connection, Aggregate<?, ?, ?, ?> aggregate, String id, long sequence, Object event)
            throws SQLException {
        write(connection, aggregate, id, sequence, SERIALIZER.manifest(event), SERIALIZER.toBinary(event));
    }

    /** Writes an event in its own transaction, at this time. */
    public void write(Aggregate<?, ?, ?, ?> aggregate, String id, long sequence, Object event, Instant at) {
        try (var connection = database.getConnection()) {
            write(connection, aggregate, id, sequence, SERIALIZER.manifest(event), SERIALIZER.toBinary(event), at);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static void write(Connection connection, String room, long sequence, String name, byte[] payload)
            throws SQLException {
        write(connection, Room.AGGREGATE, room, sequence, name, payload);
    }

    private static void write(
            Connection connection,
            Aggregate<?, ?, ?, ?> aggregate,
            String id,
            long sequence,
            String name,
            byte[] payload)
            throws SQLException {
        write(connection, aggregate, id, sequence, name, payload, AT);
    }

    private static void write(
            Connection connection,
            Aggregate<?, ?, ?, ?> aggregate,
            String id,
            long sequence,
            String name,
            byte[] payload,
            Instant at)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
                                           event_ser_manifest, event_payload)
                VALUES (?, ?, 'test', ?, ?, ?, ?)
                """)) {
            insert.setString(1, aggregate.name() + "|" + id);
            insert.setLong(2, sequence);
            insert.setLong(3, at.toEpochMilli());
            insert.setInt(4, SERIALIZER.identifier());
            insert.setString(5, name);
            insert.setBytes(6, payload);
            insert.executeUpdate();
        }
    }

    /** Writes an event in its own transaction. */
    void write(String room, long sequence, String text) throws SQLException {
        try (var connection = database.getConnection()) {
            write(connection, room, sequence, text);
        }
    }

    void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String sql) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql);
                var rows = query.executeQuery()) {
            if (!rows.next()) throw new AssertionError("no row: " + sql);
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    int slice(String room) {
        return Integer.parseInt(text("SELECT journal_slice('room|" + room + "')"));
    }
}
