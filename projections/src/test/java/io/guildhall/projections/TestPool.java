package io.guildhall.projections;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** Pools of connections, as in the program. They are not closed, but close idle connections. */
public final class TestPool {
    private static final int MAX_CONNECTIONS = 40;
    private static final int IDLE_TIMEOUT_MILLIS = 10_000;

    private TestPool() {}

    public static DataSource open(String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(MAX_CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        return pool;
    }
}
