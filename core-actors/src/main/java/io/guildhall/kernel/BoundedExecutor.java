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
 * itself. A call that times out is interrupted, which ends the usual blocking operations (socket, file, sleep, lock)
 * and returns its permit. It can still have taken effect: its outcome is unknown.
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
        var thread = Thread.ofVirtual().name(name).unstarted(() -> run(blocking, result));
        var _ = result.whenComplete((_, _) -> {
            // Completed by another thread: the caller has given up.
            if (!Thread.currentThread().equals(thread)) thread.interrupt();
        });
        thread.start();
        return result.orTimeout(permitTimeout.plus(callTimeout).toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> void run(Callable<T> blocking, CompletableFuture<T> result) {
        try {
            // Completed outside of the permit: what depends on the result can take time.
            T value = callWithPermit(blocking);
            result.complete(value);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(e);
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private <T> T callWithPermit(Callable<T> blocking) throws Exception {
        if (!permits.tryAcquire(permitTimeout.toMillis(), TimeUnit.MILLISECONDS))
            throw new TimeoutException(name + ": no permit within " + permitTimeout + "; the call was not made");
        try {
            return blocking.call();
        } finally {
            permits.release();
        }
    }
}
