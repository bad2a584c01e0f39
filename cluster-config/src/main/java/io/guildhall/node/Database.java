package io.guildhall.node;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.embedded.StartupException;
import io.guildhall.projections.store.Migrations;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The migrated database of a node, with two connection pools. */
public final class Database implements AutoCloseable {
    static final int JOURNAL_CONNECTIONS = 8;
    private static final int MIN_POSTGRES_VERSION = 15;
    private static final int MIN_IDLE = 2;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    private final HikariDataSource pool;
    private final HikariDataSource journal;

    /**
     * Migrates the database and connects to it.
     *
     * @param url of a database that {@link #requireSupported} accepts
     * @throws StartupException if the database was migrated by a newer version of the program, or the migration fails
     */
    public static Database open(String url, int maxConnections) {
        var pool = pool(url, "guildhall", maxConnections);
        try {
            Migrations.run(pool);
        } catch (IllegalStateException e) {
            pool.close();
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
        return new Database(pool, pool(url, "journal", JOURNAL_CONNECTIONS));
    }

    private static HikariDataSource pool(String url, String name, int maxConnections) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(withOptions(url));
        pool.setMaximumPoolSize(maxConnections);
        pool.setMinimumIdle(MIN_IDLE);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        pool.setPoolName(name);
        return pool;
    }

    private Database(HikariDataSource pool, HikariDataSource journal) {
        this.pool = pool;
        this.journal = journal;
    }

    /** Only for writing and replaying events, so that a command finds a connection even if the read side is busy. */
    DataSource journal() {
        return journal;
    }

    /** For everything except the journal. */
    DataSource pool() {
        return pool;
    }

    private static String withOptions(String url) {
        return url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true&ApplicationName=guildhall";
    }

    /**
     * @return the URL
     * @throws StartupException if the database cannot be reached, is too old or has no pgvector
     */
    public static String requireSupported(String url) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < MIN_POSTGRES_VERSION)
                throw new StartupException("The database is PostgreSQL " + version + "; version " + MIN_POSTGRES_VERSION
                        + " or newer is required. Unset DATABASE_URL to use the embedded database.");
            try (var extension =
                    statement.executeQuery("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")) {
                if (!extension.next())
                    throw new StartupException(
                            "The database has no pgvector. Install it on its server (Debian: postgresql-" + version
                                    + "-pgvector), or unset DATABASE_URL and GUILDHALL_POSTGRES to use the embedded database.");
            }
            return url;
        } catch (SQLException e) {
            throw new StartupException(
                    "The database cannot be reached: " + e.getMessage()
                            + " Check DATABASE_URL, or unset it to use the embedded database.",
                    e);
        }
    }

    @Override
    public void close() {
        journal.close();
        pool.close();
    }
}
