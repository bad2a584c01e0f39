package io.guildhall.adapter.sandbox;

import io.guildhall.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/** Creates a database with the empty tables of the sandbox. */
final class SandboxSchema {
    private SandboxSchema() {}

    static DataSource create() throws Exception {
        var database = TestDatabase.fresh();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (var migration :
                    List.of("V05__sandbox_payment_provider", "V15__provider_reports", "V23__failing_refunds"))
                statement.execute(Files.readString(
                        Path.of("../projections/src/main/resources/db/migration/" + migration + ".sql")));
        }
        return database;
    }
}
