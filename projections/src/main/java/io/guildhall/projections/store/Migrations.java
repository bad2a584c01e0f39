package io.guildhall.projections.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database to the schema that this program knows, forward only. */
public final class Migrations {
    private Migrations() {}

    /** @throws IllegalStateException naming the remedy, where the database was migrated by a newer program or a migration fails */
    public static void run(DataSource database) {
        try {
            Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "The database's schema does not fit this program. If a newer Guildhall has used it, run that one, or give another"
                            + " data folder or DATABASE_URL. " + e.getMessage(),
                    e);
        }
    }
}
