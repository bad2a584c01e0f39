package io.guildhall.projections.notify.delivery;

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

/** A database whose client dies before a statement, or before or after a commit. */
final class CrashingDatabase implements DataSource {
    private final DataSource database;
    private final AtomicInteger steps = new AtomicInteger(Integer.MAX_VALUE);

    CrashingDatabase(DataSource database) {
        this.database = database;
    }

    /** The client dies at the step after these: a statement, or one side of a commit. */
    void crashAfter(int count) {
        steps.set(count);
    }

    private void step() throws SQLException {
        if (steps.getAndDecrement() <= 0) throw new SQLException("the node has died");
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = database.getConnection();
        return (Connection) Proxy.newProxyInstance(
                CrashingDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> call(connection, method, arguments));
    }

    private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        boolean isCommit = method.getName().equals("commit");
        if (isCommit || method.getName().equals("prepareStatement")) step();
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
