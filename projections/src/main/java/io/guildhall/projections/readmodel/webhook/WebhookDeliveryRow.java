package io.guildhall.projections.readmodel.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An event that is or was to be sent to a webhook.
 *
 * @param id the same in each attempt
 * @param kind of the event
 * @param attempts the number of attempts since it was created or requested again
 * @param responseStatus of the last attempt; empty if it got no response
 * @param failure why the last attempt got no response
 * @param excerpt the beginning of the last response as plain text
 * @param nextAttemptAt present while the delivery waits
 * @param finishedAt empty while the delivery waits
 */
public record WebhookDeliveryRow(
        String id,
        String kind,
        Status status,
        int attempts,
        OptionalInt responseStatus,
        Optional<String> failure,
        String excerpt,
        Instant createdAt,
        Optional<Instant> nextAttemptAt,
        Optional<Instant> finishedAt) {

    /** Stored and sent by these names, which never change. */
    public enum Status {
        WAITING,
        DELIVERED,
        /** All attempts have failed, or the receiver has responded with 410 Gone. */
        FAILED,
        /** Its webhook was paused or disabled. */
        CANCELLED,
        /** Too many deliveries of the account were waiting. */
        DROPPED
    }
}
