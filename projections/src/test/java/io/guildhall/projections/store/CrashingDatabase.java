package io.guildhall.projections.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The database as a process sees it that dies before or after a commit: nothing works from then on. */
final class CrashingDatabase implements DataSource {
    private final DataSource database;
    private final int dieAt;
    private final AtomicInteger uses = new AtomicInteger();

    /** @param dieAt from 1: odd before a commit, even after it */
    CrashingDatabase(DataSource database, int dieAt) {
        this.database = database;
        this.dieAt = dieAt;
    }

    boolean hasCrashed() {
        return uses.get() >= dieAt;
    }

    private void use() throws SQLException {
        uses.incrementAndGet();
        requireAlive();
    }

    private void requireAlive() throws SQLException {
        if (hasCrashed()) throw new SQLException("the process has died", "08006");
    }

    @Override
    public Connection getConnection() throws SQLException {
        requireAlive();
        var connection = database.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    try {
                        if (!method.getName().equals("commit")) return method.invoke(connection, arguments);
                        use();
                        var result = method.invoke(connection, arguments);
                        use();
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
