package io.guildhall.projections.store;

import io.guildhall.kernel.BoundedExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/**
 * Runs queries of the read model on virtual threads, with a limited number at the same time. A query that gets no
 * permit within a second fails.
 */
public final class ReadDatabase {
    private static final Duration PERMIT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final DataSource database;
    private final BoundedExecutor queries;

    /** @param permits the maximum number of concurrent queries; at most as many as the pool has connections for them */
    public ReadDatabase(DataSource database, int permits) {
        this.database = database;
        this.queries = new BoundedExecutor("read-model", permits, PERMIT_TIMEOUT, QUERY_TIMEOUT);
    }

    @FunctionalInterface
    public interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Statements without a result. */
    @FunctionalInterface
    public interface Work {
        void on(Connection connection) throws SQLException;
    }

    /** Runs a query. A query of one statement sees one state of the database. */
    public <T> CompletionStage<T> query(Query<T> query) {
        return queries.call(() -> queryBlocking(query));
    }

    /** Runs several statements in one transaction, which is rolled back if one of them fails. */
    public <T> CompletionStage<T> inTransaction(Query<T> query) {
        return query(connection -> inTransaction(connection, query));
    }

    /**
     * Runs several queries that see one state of the database.
     *
     * @param tables all tables of views that they read. They are locked before the state is fixed: a table that a rebuild
     *     puts in place later would have no rows in it.
     */
    public <T> CompletionStage<T> inSnapshot(List<String> tables, Query<T> query) {
        return query(connection -> inSnapshot(connection, tables, query));
    }

    /** As the other method, on a connection of the caller. */
    public static <T> T inSnapshot(Connection connection, List<String> tables, Query<T> query) throws SQLException {
        return inTransaction(connection, it -> {
            try (var statement = it.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                statement.execute("LOCK TABLE " + String.join(", ", tables) + " IN ACCESS SHARE MODE");
            }
            return query.on(it);
        });
    }

    public CompletionStage<Void> run(Work work) {
        return query(answered(work)).thenAccept(_ -> {});
    }

    public CompletionStage<Void> runInTransaction(Work work) {
        return inTransaction(answered(work)).thenAccept(_ -> {});
    }

    public static void runInTransaction(Connection connection, Work work) throws SQLException {
        inTransaction(connection, answered(work));
    }

    private static Query<Boolean> answered(Work work) {
        return connection -> {
            work.on(connection);
            return true;
        };
    }

    public static <T> T inTransaction(Connection connection, Query<T> query) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = query.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Runs a query on the caller's thread. Blocks. */
    public <T> T queryBlocking(Query<T> query) throws SQLException {
        try (var connection = database.getConnection()) {
            return query.on(connection);
        }
    }
}
