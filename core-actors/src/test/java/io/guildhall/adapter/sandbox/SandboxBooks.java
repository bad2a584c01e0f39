package io.guildhall.adapter.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Empty books of the sandbox provider in a database. */
final class SandboxBooks {
    private SandboxBooks() {}

    static DataSource create() throws Exception {
        var database = new PGSimpleDataSource();
        database.setUrl("jdbc:postgresql://127.0.0.1:55990/money?user=guildhall");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS sandbox CASCADE");
            statement.execute(
                    Files.readString(Path.of("../projections/src/main/resources/db/migration/V30__sandbox.sql")));
        }
        return database;
    }
}
