package io.guildhall.port;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Sends signed events to addresses that users have chosen. */
public interface WebhookSender {
    /**
     * Sends a message once. Connects only to addresses that {@link WebhookTargets} allows, and follows no redirect. Completes
     * after a bounded time.
     */
    CompletionStage<Result> send(Message message);

    /**
     * @param id the same in each attempt
     * @param at of this attempt
     * @param body JSON
     * @param secrets that sign it, at least one
     */
    record Message(URI url, String id, Instant at, byte[] body, List<String> secrets) {
        /** Omits body and secrets. */
        @Override
        public String toString() {
            return "Message[" + id + "]";
        }
    }

    sealed interface Result {
        /**
         * @param excerpt the beginning of the body as plain text
         * @param retryAfter when the receiver accepts requests again, if it says so with 429 or 503
         */
        record Response(int status, String excerpt, Optional<Instant> retryAfter) implements Result {
            public Response(int status, String excerpt) {
                this(status, excerpt, Optional.empty());
            }
        }

        record Failed(Failure failure) implements Result {}
    }

    /** Why there is no response. The names are stored and sent, so they never change. */
    enum Failure {
        /** The host has no address, or the name service does not respond. */
        HOST_UNKNOWN,
        /** The host has an address that is not public, or the URL is not allowed any more. */
        ADDRESS_NOT_ALLOWED,
        CONNECTION_FAILED,
        /** The certificate is invalid or for another host, or the versions of TLS do not match. */
        TLS_FAILED,
        TIMED_OUT,
        /** The receiver has not sent a valid HTTP response. */
        INVALID_RESPONSE
    }
}
