package io.guildhall.projections.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Stops processes of the database server at any moment, and lets them continue. */
final class PausedProcess {
    private static final Duration CONTINUE_TIMEOUT = Duration.ofSeconds(30);

    private PausedProcess() {}

    /** The process that serves a connection. */
    static long of(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT pg_backend_pid()", row -> row.getLong(1))
                .getFirst();
    }

    /**
     * Does the work while a process is stopped. Returns nothing if the work takes longer than the timeout: then the process
     * was stopped while it had a lock of the server's that the work needs, and the work ended after it.
     *
     * @param longer what to do with the result before the process continues
     */
    static <T> Optional<T> whilePaused(long process, Duration timeout, Callable<T> work, Consumer<T> longer)
            throws Exception {
        signal("STOP", process);
        var result = new CompletableFuture<T>();
        try {
            Thread.startVirtualThread(() -> {
                try {
                    result.complete(work.call());
                } catch (Exception e) {
                    result.completeExceptionally(e);
                }
            });
            T observed = result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            longer.accept(observed);
            return Optional.of(observed);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            signal("CONT", process);
            result.handle((_, _) -> true).get(CONTINUE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Whether a transaction is running that has an id and has not locked it: nothing tells what it does. */
    static boolean isAnIdUnlocked(Connection connection) throws SQLException {
        return Sql.list(connection, """
                        SELECT count(*) FROM pg_snapshot_xip(pg_current_snapshot()) AS running(id)
                         WHERE NOT EXISTS (SELECT FROM pg_locks WHERE transactionid::text::bigint = running.id::text::bigint)
                        """, row -> row.getLong(1)).getFirst() > 0;
    }

    private static void signal(String signal, long process) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("kill", "-" + signal, Long.toString(process))
                .start()
                .waitFor();
        if (exitCode != 0) throw new IOException("kill -" + signal + " " + process + " failed");
    }
}
