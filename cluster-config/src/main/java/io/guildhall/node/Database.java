package io.guildhall.node;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.embedded.StartupException;
import io.guildhall.projections.store.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The database of a node. Each {@link Part} of the node has a connection pool of its own, so that none can take the
 * connections of another. Every wait of every pool has a timeout, see {@link ConnectionPools}.
 */
public final class Database implements AutoCloseable {
    private static final int MIN_POSTGRES_VERSION = 15;

    /** What a node uses connections for. */
    public enum Part {
        /** Writing and replaying events, and renewing the lease. */
        JOURNAL,
        /** Queries of the read model, and signing keys. */
        QUERIES,
        /** Sessions: logins and refreshes must not wait for other queries. */
        SESSIONS,
        /** Searches of messages, which must not delay other queries. */
        MESSAGE_SEARCHES,
        /** The events of the live API. */
        LIVE_EVENTS,
        /** Idempotency keys of requests. */
        REQUESTS,
        /** Views and processes. */
        FOLLOWERS,
        DEADLINES,
        /** The auditor. */
        AUDIT,
        /** Embeddings, and alerts for saved searches. */
        SEARCH_INDEX,
        /** The queue of e-mails, and the outbox. */
        MAIL,
        /** The queue of webhooks. */
        WEBHOOKS,
        /** Tickets and presence of live connections, read marks, and records of uploaded files. */
        LIVE,
        /** The keys of the personal data in the journal. */
        PERSON_KEYS,
        /** The records of the simulated payment provider. */
        SANDBOX
    }

    private final ConnectionPools settings;
    private final String url;
    private final Map<Part, HikariDataSource> pools = new EnumMap<>(Part.class);
    private boolean migrated;

    private Database(String url, ConnectionPools settings) {
        this.settings = settings;
        this.url = url;
        for (var part : Part.values()) pools.put(part, settings.open(url, part));
    }

    /**
     * Connects to a database that this process has started, so that no other cluster can use it, and migrates it.
     *
     * @throws StartupException naming the remedy
     */
    public static Database openExclusive(String url, ConnectionPools settings) {
        var database = connect(url, settings);
        database.closeOnFailure(() -> {
            ClusterLease.deleteAll(database.pool(Part.JOURNAL));
            database.migrate();
        });
        return database;
    }

    /**
     * Connects to a database. Migrates it, unless a cluster uses it: then only a node of that cluster may do so, see
     * {@link #migrate}.
     *
     * @throws StartupException naming the remedy
     */
    public static Database open(String url, ConnectionPools settings) {
        var database = connect(url, settings);
        database.closeOnFailure(() -> {
            if (!ClusterLease.isHeld(database.pool(Part.JOURNAL))) database.migrate();
        });
        return database;
    }

    /**
     * Migrates a database for a cluster that is about to start. Waits for the lease of a cluster that has crashed.
     *
     * @throws StartupException naming the remedy, also if another cluster uses the database
     */
    public static void prepare(String url, ConnectionPools settings) {
        var database = connect(url, settings);
        database.closeOnFailure(() -> {
            ClusterLease.awaitFree(database.pool(Part.JOURNAL));
            database.migrate();
        });
        database.close();
    }

    private static Database connect(String url, ConnectionPools settings) {
        settings.requireSupported(url, Database::requireSupported);
        return new Database(url, settings);
    }

    private interface Step {
        void run() throws SQLException;
    }

    private void closeOnFailure(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            close();
            throw unreachable(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static StartupException unreachable(SQLException e) {
        return new StartupException(
                "The database cannot be reached: " + e.getMessage()
                        + " Check DATABASE_URL, or unset it to use the embedded database.",
                e);
    }

    /**
     * Applies the migrations that the database does not have yet.
     *
     * @throws StartupException if the database was migrated by a newer version of the program, or a migration fails
     */
    void migrate() {
        if (migrated) return;
        try (var connections = settings.openForMigrations(url)) {
            Migrations.run(connections);
            migrated = true;
        } catch (IllegalStateException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
    }

    DataSource pool(Part part) {
        return requireNonNull(pools.get(part));
    }

    /** Checks that the server accepts the connections of so many nodes. */
    void requireCapacity(int nodes) throws SQLException {
        try (var connection = pool(Part.JOURNAL).getConnection()) {
            settings.requireCapacity(nodes, ConnectionPools.acceptedConnections(connection));
        }
    }

    /** The number of connections of a part, which is the limit of what it does at the same time. */
    int connections(Part part) {
        return settings.pool(part).connections();
    }

    private static void requireSupported(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < MIN_POSTGRES_VERSION)
            throw new StartupException("The database is PostgreSQL " + version + "; version " + MIN_POSTGRES_VERSION
                    + " or newer is required. Unset DATABASE_URL to use the embedded database.");
        try (var query = connection.prepareStatement("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'");
                var extension = query.executeQuery()) {
            if (!extension.next())
                throw new StartupException(
                        "The database has no pgvector. Install it on its server (Debian: postgresql-" + version
                                + "-pgvector), or unset DATABASE_URL and GUILDHALL_POSTGRES to use the embedded database.");
        }
    }

    @Override
    public void close() {
        pools.values().forEach(OpenParts::close);
    }
}
