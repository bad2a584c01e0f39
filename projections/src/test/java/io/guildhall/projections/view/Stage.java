package io.guildhall.projections.view;

import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.store.Migrations;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** A database of our own with the read model in it. */
final class Stage {
    /** Whatever is not a view's: every other table is, also one that is new. */
    private static final String VIEWS_TABLES = """
            SELECT tablename FROM pg_tables
             WHERE schemaname = 'public'
               AND tablename NOT IN ('event_journal', 'event_tag', 'snapshot', 'flyway_schema_history', 'deadline', 'idempotency',
                                     'signing_key', 'mail_outbox', 'pekko_projection_offset_store', 'pekko_projection_management')
            """;

    final DataSource database = TestDatabase.fresh();
    final ReadModel read = Views.readModel(new ReadDatabase(database, 4));

    Stage() {
        Migrations.run(database);
    }

    interface Work {
        void in(Connection connection) throws SQLException;
    }

    void transaction(Work work) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            work.in(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Each aggregate's events as one group, for as many times. */
    void playTogether(View view, List<Story.Happening<?>> happenings, int times) {
        transaction(connection -> {
            for (int i = 0; i < times; i++)
                for (var on : view.follows()) Story.Happening.allTo(on, happenings, connection);
        });
    }

    /** To every view, in groups, as followers do it. */
    void play(List<Story.Happening<?>> happenings) {
        for (int from = 0; from < happenings.size(); from += 7) {
            var group = happenings.subList(from, Math.min(from + 7, happenings.size()));
            transaction(connection -> {
                for (var happening : group) for (var view : Views.all()) happening.to(view, connection);
            });
        }
    }

    void play(View view, List<Story.Happening<?>> happenings) {
        transaction(connection -> {
            for (var happening : happenings) happening.to(view, connection);
        });
    }

    void empty() {
        transaction(connection -> {
            for (var view : Views.all()) view.empty(connection);
        });
    }

    Map<String, List<String>> rows() {
        return rows(database);
    }

    /** Every row of every table of the read model. */
    static Map<String, List<String>> rows(DataSource database) {
        var found = new TreeMap<String, List<String>>();
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (var table : Sql.list(connection, VIEWS_TABLES, row -> row.getString(1)))
                found.put(
                        table,
                        Sql.list(
                                connection,
                                "SELECT t::text AS line FROM " + table + " t ORDER BY 1",
                                row -> row.getString("line")));
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        return found;
    }

    static Page.Request first(int limit) {
        return new Page.Request(limit, Optional.empty());
    }
}
