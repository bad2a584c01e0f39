package io.guildhall.projections.audit;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for entities and for the payment provider. */
final class Replies {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Replies() {}

    /** @throws CompletionException if there is no reply in time, or a failure */
    static <T> T await(CompletionStage<T> reply) {
        try {
            return reply.toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
