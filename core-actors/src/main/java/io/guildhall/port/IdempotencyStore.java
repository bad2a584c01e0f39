package io.guildhall.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Stores requests and responses by idempotency key, so that a repeated request is executed once. */
public interface IdempotencyStore {
    /** How long a key is stored. */
    Duration RETENTION = Duration.ofHours(24);

    /**
     * A request with an idempotency key.
     *
     * @param owner the caller, since several callers can choose the same key
     * @param fingerprint of method, path and body
     * @param seed for all ids that the request creates
     */
    record Request(String owner, String key, String fingerprint, Seed seed) {}

    /** Claims a key for a request, or returns the state of an earlier request with this key. */
    CompletionStage<Claim> claim(Request request);

    /**
     * Stores the response for repetitions of the request. A repetition on this node finds it from now on; one on another
     * node, once the stage completes.
     *
     * @param request as {@linkplain Claim.Granted granted}
     */
    CompletionStage<Void> complete(Request request, StoredResponse response);

    /**
     * Releases a key whose request has an unknown outcome. The request can be repeated immediately and gets its first
     * seed. Does nothing if the claim has expired and was granted again.
     */
    CompletionStage<Void> release(Claim.Granted claim);

    /** Makes the ids of a request reproducible. Its time is in whole microseconds. */
    record Seed(Instant at, long random) {}

    record StoredResponse(int status, String contentType, byte[] body, Optional<String> etag) {}

    sealed interface Claim {
        /**
         * The caller executes the request.
         *
         * @param request with the seed of the first attempt, if this is a retry after a crash
         * @param until when the claim expires; distinguishes the claim from earlier and later ones of the same key
         */
        record Granted(Request request, Instant until) implements Claim {}

        /** The request was executed before. */
        record Completed(StoredResponse response) implements Claim {}

        /** The request is being executed. */
        record InProgress() implements Claim {}

        /** The key was used for a different request. */
        record KeyReused() implements Claim {}
    }
}
