package io.guildhall.kernel;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs blocking calls on virtual threads, with a limit on concurrent calls, on the wait for a permit and on the call
 * itself. A call that times out is not interrupted and can still take effect: its outcome is unknown.
 */
public final class BoundedExecutor {
    private final String name;
    private final Semaphore permits;
    private final Duration permitTimeout;
    private final Duration callTimeout;

    public BoundedExecutor(String name, int maxConcurrent, Duration permitTimeout, Duration callTimeout) {
        this.name = name;
        this.permits = new Semaphore(maxConcurrent);
        this.permitTimeout = permitTimeout;
        this.callTimeout = callTimeout;
    }

    /**
     * Returns the result of the call. Fails with a TimeoutException if no permit or no result is available in time,
     * else as the call does.
     */
    public <T> CompletionStage<T> call(Callable<T> blocking) {
        var result = new CompletableFuture<T>();
        Thread.ofVirtual().name(name).start(() -> run(blocking, result));
        return result.orTimeout(permitTimeout.plus(callTimeout).toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> void run(Callable<T> blocking, CompletableFuture<T> result) {
        try {
            if (!permits.tryAcquire(permitTimeout.toMillis(), TimeUnit.MILLISECONDS))
                throw new TimeoutException(name + ": no permit within " + permitTimeout + "; the call was not made");
            try {
                result.complete(blocking.call());
            } finally {
                permits.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(e);
        } catch (Exception | Error e) {
            result.completeExceptionally(e);
        }
    }
}
