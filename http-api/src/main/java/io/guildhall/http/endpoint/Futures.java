package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Helpers for completion stages. */
final class Futures {
    private Futures() {}

    /** A stage that also fails with what the supplier throws. */
    static <T> CompletionStage<T> safely(Supplier<CompletionStage<T>> step) {
        try {
            return step.get();
        } catch (Throwable e) {
            return failedFuture(e);
        }
    }

    /** Runs the action at the first call only. */
    static Runnable once(Runnable action) {
        var isDone = new AtomicBoolean();
        return () -> {
            if (isDone.compareAndSet(false, true)) action.run();
        };
    }

    /** The failure without its {@link CompletionException} wrappers. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? cause(wrapped.getCause())
                : failure;
    }
}
