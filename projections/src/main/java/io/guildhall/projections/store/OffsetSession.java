package io.guildhall.projections.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.projection.jdbc.JdbcSession;

/** A transaction in which Pekko Projection reads or writes its own tables. It counts as a reader that uses a connection. */
record OffsetSession(Connection connection, Semaphore permits) implements JdbcSession {
    static OffsetSession open(DataSource database, Semaphore permits) {
        permits.acquireUninterruptibly();
        try {
            return begin(database.getConnection(), permits);
        } catch (SQLException e) {
            permits.release();
            throw new IllegalStateException("cannot connect to the database", e);
        } catch (Throwable e) {
            permits.release();
            throw e;
        }
    }

    private static OffsetSession begin(Connection connection, Semaphore permits) throws SQLException {
        try {
            connection.setAutoCommit(false);
            return new OffsetSession(connection, permits);
        } catch (Throwable e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public <T> T withConnection(Function<Connection, T> work) throws Exception {
        return work.apply(connection);
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.close();
        } finally {
            permits.release();
        }
    }
}
