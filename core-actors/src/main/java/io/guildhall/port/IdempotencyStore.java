package io.guildhall.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Remembers requests by the key that their sender chose, so that a request sent again is not done again. */
public interface IdempotencyStore {
    /** How long a key is remembered. */
    Duration KEPT = Duration.ofHours(24);

    /**
     * Takes a key for a request, or tells what became of it.
     *
     * @param owner whose key it is: two senders may choose the same
     * @param fingerprint of method, path and body
     * @param seed from which every identity in this request is made; on a retry after a crash the first one counts
     */
    CompletionStage<Claim> claim(String owner, String key, String fingerprint, Seed seed);

    /** Keeps the answer for whoever sends the request again. */
    CompletionStage<Void> complete(String owner, String key, Answer answer);

    /** Lets the request be sent again at once, with its first seed: nobody knows what came of it. */
    CompletionStage<Void> release(String owner, String key);

    /** Where the identities minted for a request come from. */
    record Seed(Instant at, long chance) {}

    record Answer(int status, String contentType, byte[] body, Optional<String> etag) {}

    sealed interface Claim {
        record Fresh(Seed seed) implements Claim {}

        record Answered(Answer answer) implements Claim {}

        record InProgress() implements Claim {}

        record OtherRequest() implements Claim {}
    }
}
