package io.guildhall.domain.webhook;

import java.time.Instant;
import java.util.List;

/** Commands that the webhooks of an account accept. Their entity has the identity of the account. */
public sealed interface WebhooksCommand {
    record Register(String webhookId, String url, List<String> kinds) implements WebhooksCommand {}

    /** Replaces the address and the kinds. */
    record Change(String webhookId, String url, List<String> kinds) implements WebhooksCommand {}

    record Pause(String webhookId) implements WebhooksCommand {}

    /** Ends a pause, or activates a disabled webhook. */
    record Resume(String webhookId) implements WebhooksCommand {}

    record Remove(String webhookId) implements WebhooksCommand {}

    /** @param generation of the new secret: one more than that of the secret to replace */
    record RotateSecret(String webhookId, int generation) implements WebhooksCommand {}

    /** @param deliveryId the id of the delivery, which is also the id of the command */
    record SendTest(String webhookId, String deliveryId) implements WebhooksCommand {}

    /** @param requestId the id of the command */
    record SendAgain(String webhookId, String deliveryId, String requestId) implements WebhooksCommand {}

    /**
     * The address does not accept events.
     *
     * @param failingSince when the failed delivery was started: a webhook that was changed or resumed later stays active
     */
    record Disable(String webhookId, DisableReason reason, Instant failingSince) implements WebhooksCommand {}

    /**
     * Deliveries were dropped because too many waited.
     *
     * @param lastAt when the last one was dropped
     */
    record ReportDropped(String webhookId, Instant lastAt) implements WebhooksCommand {}
}
