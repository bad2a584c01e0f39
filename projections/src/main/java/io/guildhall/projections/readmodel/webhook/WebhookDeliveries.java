package io.guildhall.projections.readmodel.webhook;

import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The deliveries of webhooks, for 30 days after they have ended. */
public interface WebhookDeliveries {
    /** Lists the deliveries of a webhook, newest first. */
    CompletionStage<Page<WebhookDeliveryRow>> ofWebhook(String webhookId, Page.Request page);

    CompletionStage<Optional<WebhookDeliveryRow>> find(String webhookId, String deliveryId);

    /** The kinds of events that webhooks can receive, in alphabetical order. */
    List<String> kinds();
}
