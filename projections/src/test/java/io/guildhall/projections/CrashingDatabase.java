package io.guildhall.projections;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The database as a process sees it that dies: nothing works from then on, until the next process starts. */
public final class CrashingDatabase implements DataSource {
    private final DataSource database;
    private final boolean countsStatements;
    private final AtomicInteger steps = new AtomicInteger(Integer.MAX_VALUE);

    private CrashingDatabase(DataSource database, boolean countsStatements) {
        this.database = database;
        this.countsStatements = countsStatements;
    }

    /** The process dies before or after a commit: each is a step. */
    public static CrashingDatabase atCommits(DataSource database) {
        return new CrashingDatabase(database, false);
    }

    /** The process dies before a statement, or before or after a commit: each is a step. */
    public static CrashingDatabase atStatements(DataSource database) {
        return new CrashingDatabase(database, true);
    }

    /** The process, or the next one, dies at the step after these. */
    public void crashAfter(int count) {
        steps.set(count);
    }

    public boolean hasCrashed() {
        return steps.get() < 0;
    }

    private void step() throws SQLException {
        steps.getAndUpdate(it -> it > 0 ? it - 1 : -1);
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
                CrashingDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> call(connection, method, arguments));
    }

    private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        boolean isCommit = method.getName().equals("commit");
        if (isCommit || (countsStatements && method.getName().equals("prepareStatement"))) step();
        try {
            var result = method.invoke(connection, arguments);
            if (isCommit) step();
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
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
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
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
