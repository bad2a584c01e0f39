package io.guildhall.bench.load;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures the database without the program: commits of single-row inserts, as fast as the connections allow. */
final class InsertBaseline {
    private static final int ROW_BYTES = 300;
    private static final double WARM_UP_SECONDS = 1.5;

    private InsertBaseline() {}

    static Measurement measure(String jdbcUrl, int clients, int seconds) throws SQLException, InterruptedException {
        execute(jdbcUrl, "CREATE TABLE IF NOT EXISTS bench_insert (id BIGSERIAL PRIMARY KEY, payload BYTEA NOT NULL)");
        execute(jdbcUrl, "TRUNCATE bench_insert");
        try (var pool = Executors.newFixedThreadPool(clients)) {
            long start = System.nanoTime() + (long) (WARM_UP_SECONDS * 1e9);
            long end = start + seconds * 1_000_000_000L;
            var running = new ArrayList<Future<Measurement>>();
            for (int i = 0; i < clients; i++) running.add(pool.submit(client(jdbcUrl, start, end)));
            var all = Measurement.histogram();
            for (var it : running) all.add(it.get().nanos());
            return new Measurement(all.getTotalCount(), 0, seconds, all);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an insert failed", e.getCause());
        } finally {
            execute(jdbcUrl, "DROP TABLE bench_insert");
        }
    }

    private static Callable<Measurement> client(String jdbcUrl, long start, long end) {
        return () -> {
            var nanos = Measurement.histogram();
            try (var connection = DriverManager.getConnection(jdbcUrl + "&prepareThreshold=1");
                    var insert = connection.prepareStatement("INSERT INTO bench_insert (payload) VALUES (?)")) {
                var payload = new byte[ROW_BYTES];
                for (long before = System.nanoTime(); before < end; ) {
                    insert.setBytes(1, payload);
                    insert.executeUpdate();
                    long after = System.nanoTime();
                    if (before >= start && after <= end) nanos.recordValue(after - before);
                    before = after;
                }
            }
            return new Measurement(nanos.getTotalCount(), 0, 0, nanos);
        };
    }

    private static void execute(String jdbcUrl, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
