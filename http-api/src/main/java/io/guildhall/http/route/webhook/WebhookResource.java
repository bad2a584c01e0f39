package io.guildhall.http.route.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.guildhall.domain.webhook.Webhook;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveryRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A webhook of the caller, without its secret. */
public record WebhookResource(String id, String url, List<String> kinds, Webhook.Status status, Instant createdAt) {

    /** All webhooks of the caller, oldest first. */
    public record WebhookList(List<WebhookResource> items, List<String> availableKinds) {}

    /** A webhook with its secret, which no other response contains. */
    public record WebhookWithSecret(@JsonUnwrapped WebhookResource webhook, String secret) {}

    /** A delivery that was added to the queue. */
    public record WebhookSend(String deliveryId) {}

    /** An event that is or was to be sent to a webhook. */
    public record WebhookDeliveryResource(
            String id,
            String kind,
            WebhookDeliveryRow.Status status,
            int attempts,
            OptionalInt responseStatus,
            Optional<String> failure,
            String responseExcerpt,
            Instant createdAt,
            Optional<Instant> nextAttemptAt,
            Optional<Instant> finishedAt) {
        static WebhookDeliveryResource fromRow(WebhookDeliveryRow row) {
            return new WebhookDeliveryResource(
                    row.id(),
                    row.kind(),
                    row.status(),
                    row.attempts(),
                    row.responseStatus(),
                    row.failure(),
                    row.excerpt(),
                    row.createdAt(),
                    row.nextAttemptAt(),
                    row.finishedAt());
        }
    }

    static WebhookResource of(Webhook webhook) {
        return new WebhookResource(
                webhook.id(), webhook.url(), webhook.kinds(), webhook.status(), webhook.registeredAt());
    }
}
