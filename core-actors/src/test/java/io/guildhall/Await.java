package io.guildhall;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what follows by itself, never longer than it is told to. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    public static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new AssertionError(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Until the assertions in it hold. */
    public static void until(Runnable assertions) {
        value(() -> {
            assertions.run();
            return true;
        });
    }

    /** What it yields once it no longer fails. */
    public static <T> T value(Callable<T> attempt) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return attempt.call();
            } catch (Exception | AssertionError e) {
                if (System.nanoTime() > deadline) throw new AssertionError("not within " + PATIENCE, e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
