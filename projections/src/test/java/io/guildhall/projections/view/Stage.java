package io.guildhall.projections.view;

import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.store.Migrations;
import io.guildhall.projections.store.Reading;
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
    private static final List<String> TABLES = List.of(
            "job",
            "proposal",
            "contract",
            "contract_milestone",
            "timeline_entry",
            "ledger_posting",
            "message",
            "review",
            "notification");

    final DataSource database = TestDatabase.fresh();
    final ReadModel read = Views.readModel(new Reading(database, 4));

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

    /** Every row of every table of the read model. */
    Map<String, List<String>> rows() {
        var found = new TreeMap<String, List<String>>();
        transaction(connection -> {
            for (var table : TABLES)
                found.put(
                        table,
                        Sql.list(
                                connection,
                                "SELECT t::text AS line FROM " + table + " t ORDER BY 1",
                                row -> row.getString("line")));
        });
        return found;
    }

    static Page.Request first(int limit) {
        return new Page.Request(limit, Optional.empty());
    }
}
