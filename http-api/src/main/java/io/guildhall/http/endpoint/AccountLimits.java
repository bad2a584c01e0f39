package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.RateLimiter;
import io.guildhall.port.RateLimiter.Limit;
import java.util.concurrent.CompletionStage;

/**
 * Enforces the limits of accounts.
 *
 * @param factor multiplies all limits; at least 1. Load tests have few accounts and many requests
 */
public record AccountLimits(RateLimiter limiter, int factor) {
    /** @throws Problem (in the stage) 429 if the account has used the permits of the operation's limit */
    CompletionStage<Void> check(Operation<?> operation, Call.Incoming incoming) {
        if (operation.limit().isEmpty()) return completedFuture(null);
        var limit = operation.limit().get();
        var key = limit.name() + "/" + incoming.caller().orElseThrow().id();
        var requests = acquire(key, 1, limit.requests(), limit);
        if (limit.bytes().isEmpty()) return requests;
        return requests.thenCompose(_ ->
                acquire(key + "/bytes", incoming.raw().length, limit.bytes().get(), limit));
    }

    private CompletionStage<Void> acquire(String key, int permits, Limit limit, AccountLimit declared) {
        var multiplied = new Limit(Math.multiplyExact(limit.permits(), factor), limit.window());
        return limiter.tryAcquire(key, permits, multiplied)
                .thenAccept(retryAfter -> retryAfter.ifPresent(wait -> {
                    throw Problem.later(
                            429,
                            "too-many-requests",
                            "You have " + declared.what() + ". Try again later.",
                            wait.toSeconds() + 1);
                }));
    }
}
