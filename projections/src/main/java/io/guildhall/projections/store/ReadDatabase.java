package io.guildhall.projections.store;

import io.guildhall.kernel.BoundedExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/** Asks the read model, on virtual threads, so many at once; who finds no place within a second fails rather than waits longer. */
public final class ReadDatabase {
    private static final Duration WAITING = Duration.ofSeconds(1);
    private static final Duration ANSWERING = Duration.ofSeconds(10);

    private final DataSource database;
    private final BoundedExecutor queries;

    /** @param places at most as many as the pool has connections to spare */
    public ReadDatabase(DataSource database, int places) {
        this.database = database;
        this.queries = new BoundedExecutor("read-model", places, WAITING, ANSWERING);
    }

    @FunctionalInterface
    public interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    /** One query is one statement, so that what it shows stood there at one instant. */
    public <T> CompletionStage<T> ask(Query<T> query) {
        return queries.call(() -> now(query));
    }

    /** Several statements that see and settle one thing together; nothing of it is kept where one fails. */
    public <T> CompletionStage<T> inTransaction(Query<T> query) {
        return ask(connection -> inTransaction(connection, query));
    }

    public static <T> T inTransaction(Connection connection, Query<T> query) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T answer = query.on(connection);
            connection.commit();
            return answer;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** On the caller's own thread, which may block. */
    public <T> T now(Query<T> query) throws SQLException {
        try (var connection = database.getConnection()) {
            return query.on(connection);
        }
    }
}
