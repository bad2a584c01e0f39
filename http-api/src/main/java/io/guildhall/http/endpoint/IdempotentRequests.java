package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.port.IdempotencyStore;
import io.guildhall.port.IdempotencyStore.Claim;
import io.guildhall.port.IdempotencyStore.Request;
import io.guildhall.port.IdempotencyStore.Seed;
import io.guildhall.port.IdempotencyStore.StoredResponse;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Gives a repeated request one effect. The same key and request get the first response again. A request whose outcome
 * is unknown is handled again with its first seed: it creates the same ids, so that the aggregates recognise the
 * repetition.
 */
final class IdempotentRequests {
    private final IdempotencyStore store;

    IdempotentRequests(IdempotencyStore store) {
        this.store = store;
    }

    /** @param handler gets the seed that the request had when it first arrived */
    CompletionStage<StoredResponse> handle(
            Request request, String correlationId, Function<Seed, CompletionStage<StoredResponse>> handler) {
        return store.claim(request).thenCompose(claim -> switch (claim) {
            case Claim.Completed completed -> completedFuture(completed.response());
            case Claim.KeyReused _ ->
                failedFuture(new Problem(
                        422,
                        "idempotency-key-reused",
                        "This Idempotency-Key was used for a different request. Choose a new key."));
            case Claim.InProgress _ ->
                failedFuture(Problem.later(
                        409,
                        "request-in-progress",
                        "A request with this Idempotency-Key is still in progress. Try again shortly.",
                        1));
            case Claim.Granted granted -> handleClaimed(granted, correlationId, handler);
        });
    }

    private CompletionStage<StoredResponse> handleClaimed(
            Claim.Granted claim, String correlationId, Function<Seed, CompletionStage<StoredResponse>> handler) {
        return Futures.safely(() -> handler.apply(claim.request().seed()))
                .exceptionallyCompose(failure -> definiteProblem(failure, correlationId))
                .thenApply(response -> store(claim, response))
                .exceptionallyCompose(failure -> release(claim).thenCompose(_ -> failedFuture(failure)));
    }

    /** A definite problem is a response to store. Any other failure leaves the outcome open. */
    private static CompletionStage<StoredResponse> definiteProblem(Throwable failure, String correlationId) {
        return Futures.cause(failure) instanceof Problem problem
                        && problem.status() < 500
                        && problem.retryAfterSeconds() == 0
                ? completedFuture(Responses.of(problem, correlationId))
                : failedFuture(failure);
    }

    /**
     * The caller does not wait: the effect has happened even if the response cannot be stored, and a repetition then
     * finds it in the aggregates.
     */
    private StoredResponse store(Claim.Granted claim, StoredResponse response) {
        var _ = store.complete(claim.request(), response).exceptionallyCompose(_ -> release(claim));
        return response;
    }

    /** If this fails too, the claim expires. */
    private CompletionStage<Void> release(Claim.Granted claim) {
        return store.release(claim).exceptionally(_ -> null);
    }
}
