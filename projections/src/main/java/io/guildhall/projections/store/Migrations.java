package io.guildhall.projections.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings a database to the schema that this program knows, forward only. */
public final class Migrations {
    private Migrations() {}

    /** @throws IllegalStateException naming the remedy, where the database was migrated by a newer program or a migration fails */
    public static void run(DataSource database) {
        try {
            var flyway = Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .validateMigrationNaming(true)
                    .load();
            refuseNewer(flyway.info().applied());
            flyway.migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "The database cannot be brought to the schema of this program. Give another data folder or DATABASE_URL, or"
                            + " restore a backup. Flyway said: " + e.getMessage(),
                    e);
        }
        RestoredJournal.settle(database);
    }

    private static void refuseNewer(MigrationInfo[] applied) {
        for (var migration : applied)
            if (migration.getState() == MigrationState.FUTURE_SUCCESS)
                throw new IllegalStateException("The database has been used by a newer Guildhall (its schema is at "
                        + migration.getVersion() + "). Run that one, or give another data folder or DATABASE_URL.");
    }
}
