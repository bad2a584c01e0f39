package io.guildhall.projections.view;

import io.guildhall.projections.Recorded;
import io.guildhall.projections.TestPool;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.store.Migrations;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A new database with all tables, the views that write to it and the queries over it. */
public final class ViewFixture {
    /** All tables but those that are known not to belong to a view, so that the table of a new view is included. */
    private static final String TABLES_OF_VIEWS = """
            SELECT tablename FROM pg_tables
             WHERE schemaname = 'public'
               AND tablename NOT IN ('event_journal', 'event_tag', 'snapshot', 'flyway_schema_history', 'deadline', 'waiting_proposal', 'waiting_proposal_count', 'idempotency',
                                     'signing_key', 'mail_outbox', 'mail_queue', 'webhook_delivery', 'webhook_turn', 'cluster_lease', 'follower_position', 'follower_reset',
                                     'parked_entity', 'dropped_event', 'view_rebuild', 'live_ticket', 'presence', 'audit_finding', 'audit_run', 'audit_lease', 'pekko_projection_offset_store', 'pekko_projection_management',
                                     'notification_entry', 'notification_delivery', 'notification_trace', 'message_wait', 'session', 'live_account', 'live_entry', 'read_mark', 'room_file', 'export', 'person_key',
                                     -- The previous version still uses it.
                                     'room_member')
            """;

    public final DataSource database = TestPool.open(TestDatabase.migratedUrl(Migrations::run));
    public final ReadModel readModel = Views.readModel(new ReadDatabase(database, 4));

    public interface Work {
        void in(Connection connection) throws SQLException;
    }

    public void transaction(Work work) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            work.in(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Applies the events of each aggregate as one group, as often as given. */
    public void applyAsGroup(View view, List<EventStory.StoredEvent<?>> events, int times) {
        transaction(connection -> {
            for (int i = 0; i < times; i++) {
                lock(view, events, connection);
                for (var on : view.follows()) EventStory.StoredEvent.applyAllTo(on, events, connection);
            }
        });
    }

    /** Applies the events to all views, some events in each transaction, as followers do. */
    public void apply(List<EventStory.StoredEvent<?>> events) {
        for (int from = 0; from < events.size(); from += 7) {
            var group = events.subList(from, Math.min(from + 7, events.size()));
            transaction(connection -> {
                for (var view : Views.all()) {
                    lock(view, group, connection);
                    for (var event : group) event.applyTo(view, connection);
                }
            });
        }
    }

    /** Applies the events to one view, in one transaction. */
    public void apply(View view, List<EventStory.StoredEvent<?>> events) {
        transaction(connection -> {
            lock(view, events, connection);
            for (var event : events) event.applyTo(view, connection);
        });
    }

    private static void lock(View view, List<EventStory.StoredEvent<?>> events, Connection connection)
            throws SQLException {
        view.lock(
                connection,
                events.stream()
                        .<Recorded<?>>map(EventStory.StoredEvent::recorded)
                        .toList());
    }

    /** Adds an account that the view of accounts has, with a name only. */
    public void addAccount(String id, String name) {
        transaction(connection -> Sql.update(connection, """
                INSERT INTO account (id, email, name, country, roles, status, registered_at, version)
                VALUES (?, 'x@example.com', ?, 'DE', '{}', 'ACTIVE', now(), 1)
                """, id, name));
    }

    /** Empties all views, and what they have decided about notifications. */
    public void empty() {
        transaction(connection -> {
            for (var table :
                    List.of("notification_entry", "notification_delivery", "notification_trace", "message_wait"))
                Sql.update(connection, "DELETE FROM " + table);
            for (var view : Views.all()) empty(connection, view);
        });
    }

    /**
     * Deletes all rows of a view, without its triggers. TRUNCATE would re-create the files of all tables and indexes.
     */
    static void empty(Connection connection, View view) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(view.tables().stream()
                    .map(it -> "DELETE FROM " + it.name() + "; ")
                    .collect(Collectors.joining(
                            "",
                            "SET LOCAL session_replication_role = replica; ",
                            "SET LOCAL session_replication_role = origin")));
        }
    }

    public Map<String, List<String>> rows() {
        return rows(database);
    }

    /** Returns every row of the tables of one view. */
    static Map<String, List<String>> rows(Connection connection, View view) throws SQLException {
        var rows = new TreeMap<String, List<String>>();
        for (var table : view.tables()) rows.put(table.name(), rows(connection, table.name()));
        return rows;
    }

    private static List<String> rows(Connection connection, String table) throws SQLException {
        return Sql.list(
                connection, "SELECT t::text AS line FROM " + table + " t ORDER BY 1", row -> row.getString("line"));
    }

    /** Returns every row of every table of the views, as text, by table. */
    public static Map<String, List<String>> rows(DataSource database) {
        var rows = new TreeMap<String, List<String>>();
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (var table : Sql.list(connection, TABLES_OF_VIEWS, row -> row.getString(1)))
                rows.put(table, rows(connection, table));
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        return rows;
    }

    /** The same, each table in a transaction of its own. */
    static Map<String, List<String>> rowsOfEach(DataSource database) {
        var rows = new TreeMap<String, List<String>>();
        try (var connection = database.getConnection()) {
            for (var table : Views.all().stream()
                    .flatMap(it -> it.tables().stream())
                    .map(Table::name)
                    .toList()) rows.put(table, rows(connection, table));
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        return rows;
    }

    public static Page.Request firstPage(int limit) {
        return new Page.Request(limit, Optional.empty());
    }
}
