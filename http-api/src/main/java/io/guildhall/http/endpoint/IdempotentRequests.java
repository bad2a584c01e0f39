package io.guildhall.http.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.guildhall.port.IdempotencyStore;
import io.guildhall.port.IdempotencyStore.Answer;
import io.guildhall.port.IdempotencyStore.Claim;
import io.guildhall.port.IdempotencyStore.Seed;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Does a request that is sent again once: the same key and request again get the same answer; one whose outcome nobody knows may be sent again,
 * and makes the same identities, by which those concerned see that it is so already.
 */
final class IdempotentRequests {
    private final IdempotencyStore store;

    IdempotentRequests(IdempotencyStore store) {
        this.store = store;
    }

    /** A request under the key that its sender chose. */
    record Sent(String owner, String key, String fingerprint) {}

    /** @param perform with the seed that the request had when it first came */
    CompletionStage<Answer> once(
            Sent sent, Seed seed, String correlationId, Function<Seed, CompletionStage<Answer>> perform) {
        return store.claim(sent.owner(), sent.key(), sent.fingerprint(), seed).thenCompose(claim -> switch (claim) {
            case Claim.Answered answered -> completedFuture(answered.answer());
            case Claim.OtherRequest _ ->
                failedFuture(new Problem(
                        422,
                        "idempotency-key-reused",
                        "This Idempotency-Key was used for another request; choose a new one."));
            case Claim.InProgress _ ->
                failedFuture(Problem.later(
                        409, "request-in-progress", "The same request is being worked on; ask again shortly.", 1));
            case Claim.Fresh fresh ->
                Futures.safely(() -> perform.apply(fresh.seed()))
                        .exceptionallyCompose(failure -> refused(failure, correlationId))
                        .thenCompose(answer -> keep(sent, answer))
                        .exceptionallyCompose(failure -> release(sent).thenCompose(_ -> failedFuture(failure)));
        });
    }

    /** A definite refusal is an answer to keep; anything else leaves the outcome open. */
    private static CompletionStage<Answer> refused(Throwable failure, String correlationId) {
        return Futures.cause(failure) instanceof Problem problem
                        && problem.status() < 500
                        && problem.retryAfterSeconds() == 0
                ? completedFuture(Responses.of(problem, correlationId))
                : failedFuture(failure);
    }

    /** What is done is done, kept or not: where it could not be kept, the request sent again finds that it is so already. */
    private CompletionStage<Answer> keep(Sent sent, Answer answer) {
        return store.complete(sent.owner(), sent.key(), answer)
                .exceptionallyCompose(_ -> release(sent))
                .thenApply(_ -> answer);
    }

    /** Where even that fails, the claim runs out by itself. */
    private CompletionStage<Void> release(Sent sent) {
        return store.release(sent.owner(), sent.key()).exceptionally(_ -> null);
    }
}
