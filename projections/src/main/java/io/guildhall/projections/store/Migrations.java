package io.guildhall.projections.store;

import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Migrates a database to the schema of this program, forward only. The migrations and their numbers are explained in
 * {@code db/migration}.
 */
public final class Migrations {
    /** The last migration of the baseline. Databases with this or a later schema version can always be migrated. */
    static final int BASELINE = 13;

    private static final Set<ErrorCode> UNKNOWN_HISTORY = Set.of(
            CoreErrorCode.CHECKSUM_MISMATCH,
            CoreErrorCode.DESCRIPTION_MISMATCH,
            CoreErrorCode.TYPE_MISMATCH,
            CoreErrorCode.APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED);

    private static final String OTHER_MIGRATIONS = """
            The database was created by migrations other than those of this program: migration %s (%s) differs. It cannot be upgraded. \
            Either it was created by a development version before schema version %d, or a migration file was edited after it had been \
            applied. In development, delete the data folder (--data, by default var/) or the database that DATABASE_URL names, and start \
            again. To keep the data, run the version of Guildhall that created it.""";

    /** The migration from which on accounts are found by their id. */
    private static final MigrationVersion ACCOUNTS_BY_ID = MigrationVersion.fromVersion("64");

    /** The event that started each account before. */
    private static final String HAS_OLD_ACCOUNTS =
            "SELECT EXISTS (SELECT FROM event_journal WHERE kind = 'account' AND event_ser_manifest = 'account.registered')";

    private static final String OLD_ACCOUNTS = """
            The database has accounts of an earlier version, whose ids were made of their e-mail addresses. This version cannot read them, \
            and there is no conversion. To start with an empty marketplace, delete the data folder (--data, by default var/) or the database \
            that DATABASE_URL names, and start again. To keep the data, run the version of Guildhall that created it.""";

    private Migrations() {}

    /**
     * Applies the migrations that the database does not have yet. A database that is refused is not changed.
     *
     * @throws IllegalStateException if the database was migrated by a newer program or by other migrations, if it has
     *     accounts of a version that this one cannot read, or if a migration fails; the message says what to do
     */
    public static void run(DataSource database) {
        try {
            var flyway = flyway(database).load();
            refuseUnknownHistory(flyway);
            refuseNewer(flyway);
            refuseOldAccounts(flyway, database);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "The database cannot be migrated to the schema of this program. Use another data folder or DATABASE_URL, or"
                            + " restore a backup. Flyway reports: " + e.getMessage(),
                    e);
        }
        RestoredJournal.repair(database);
    }

    static FluentConfiguration flyway(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true);
    }

    /** Comes before {@link #refuseNewer}: the numbers of other migrations say nothing about which program is newer. */
    private static void refuseUnknownHistory(Flyway flyway) {
        for (var migration : flyway.validateWithResult().invalidMigrations)
            if (UNKNOWN_HISTORY.contains(migration.errorDetails.errorCode))
                throw new IllegalStateException(
                        OTHER_MIGRATIONS.formatted(migration.version, migration.description, BASELINE));
    }

    private static void refuseNewer(Flyway flyway) {
        for (var migration : flyway.info().applied())
            if (migration.getState() == MigrationState.FUTURE_SUCCESS)
                throw new IllegalStateException("The database was migrated by a newer Guildhall (schema version "
                        + migration.getVersion() + "). Run that version, or use another data folder or DATABASE_URL.");
    }

    private static void refuseOldAccounts(Flyway flyway, DataSource database) {
        var current = flyway.info().current();
        if (current == null || current.getVersion().isAtLeast(ACCOUNTS_BY_ID.getVersion())) return;
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(HAS_OLD_ACCOUNTS)) {
            if (row.next() && row.getBoolean(1)) throw new IllegalStateException(OLD_ACCOUNTS);
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be read: " + e.getMessage(), e);
        }
    }
}
