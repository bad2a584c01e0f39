package io.guildhall;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.embedded.StartupException;
import io.guildhall.projections.store.Migrations;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The database that a node works with: reached, checked and migrated. */
final class Database implements AutoCloseable {
    static final int JOURNAL_CONNECTIONS = 8;
    private static final int OLDEST = 15;

    private final HikariDataSource pool;
    private final HikariDataSource journal;

    /** @throws StartupException where it was migrated by a newer program, or cannot be migrated */
    static Database open(String url, int connections) {
        var pool = pool(url, "guildhall", connections);
        try {
            Migrations.run(pool);
        } catch (IllegalStateException e) {
            pool.close();
            throw new StartupException(e.getMessage(), e);
        }
        return new Database(pool, pool(url, "journal", JOURNAL_CONNECTIONS));
    }

    private static HikariDataSource pool(String url, String name, int connections) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(tuned(url));
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(10_000);
        pool.setPoolName(name);
        return pool;
    }

    private Database(HikariDataSource pool, HikariDataSource journal) {
        this.pool = pool;
        this.journal = journal;
    }

    /** For writing and replaying events alone: however busy the read side, a command finds a connection. */
    DataSource journal() {
        return journal;
    }

    DataSource pool() {
        return pool;
    }

    private static String tuned(String url) {
        return url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true&ApplicationName=guildhall";
    }

    /**
     * @return the address
     * @throws StartupException where it cannot be reached, is too old or lacks pgvector
     */
    static String checked(String url) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST)
                throw new StartupException("The database is PostgreSQL " + version + "; " + OLDEST
                        + " or newer is needed. Unset DATABASE_URL to use the embedded one.");
            try (var found = statement.executeQuery("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")) {
                if (!found.next())
                    throw new StartupException(
                            "The database has no pgvector. Install it there (Debian: postgresql-" + version
                                    + "-pgvector), or unset DATABASE_URL and GUILDHALL_POSTGRES to use the embedded one.");
            }
            return url;
        } catch (SQLException e) {
            throw new StartupException(
                    "The database cannot be reached: " + e.getMessage()
                            + " Check DATABASE_URL, or unset it to use the embedded one.",
                    e);
        }
    }

    @Override
    public void close() {
        journal.close();
        pool.close();
    }
}
