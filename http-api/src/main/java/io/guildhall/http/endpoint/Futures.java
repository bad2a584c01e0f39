package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What futures leave to be done by hand. */
final class Futures {
    private Futures() {}

    /** What is thrown while a stage is made fails the stage. */
    static <T> CompletionStage<T> safely(Supplier<CompletionStage<T>> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            return failedFuture(e);
        }
    }

    /** What failed, without what it came wrapped in. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? cause(wrapped.getCause())
                : failure;
    }
}
