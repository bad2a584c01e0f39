package io.guildhall.adapter.postgres;

import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** A database with the tables of live connections and uploaded files only, since this module has no migrations. */
final class LiveDatabase {
    private static final Path MIGRATIONS = Path.of("../projections/src/main/resources/db/migration");
    private static final List<String> FILES = List.of(
            "V36__live_connections.sql",
            "V44__read_marks.sql",
            "V54__room_files.sql",
            "V66__unattached_files.sql",
            "V72__live_tickets_by_account.sql");

    private final DataSource source = TestDatabase.fresh();

    LiveDatabase() {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (var it : FILES) statement.execute(Files.readString(MIGRATIONS.resolve(it)));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("no tables of live connections", e);
        }
    }

    DataSource source() {
        return source;
    }

    /** @param rows a table, and what its rows must meet */
    int count(String rows) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + rows)) {
            row.next();
            return row.getInt(1);
        }
    }
}
