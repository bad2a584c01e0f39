package io.guildhall;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for asynchronous effects, with a timeout. */
public final class Await {
    private static final Duration TIMEOUT = Duration.ofSeconds(45);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    private Await() {}

    public static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new AssertionError(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the assertions succeed. */
    public static void until(Runnable assertions) {
        value(() -> {
            assertions.run();
            return true;
        });
    }

    /** Repeats a call until it does not fail, and returns its result. */
    public static <T> T value(Callable<T> attempt) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                return attempt.call();
            } catch (Exception | AssertionError e) {
                if (System.nanoTime() > deadline) throw new AssertionError("not within " + TIMEOUT, e);
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
        }
    }
}
