package io.guildhall.domain.webhook;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.List;

/**
 * Events of an account's webhooks, stored permanently: add new ones, never change existing ones. They contain no secret,
 * only its generation.
 */
public sealed interface WebhooksEvent extends Journalled {
    String webhookId();

    Instant at();

    /** The owner or the program changes a webhook. */
    sealed interface StateEvent extends WebhooksEvent {}

    /** The owner wants something to be sent. */
    sealed interface SendEvent extends WebhooksEvent {}

    @JournalName("webhooks.registered")
    record Registered(
            String webhookId,
            @Personal(erased = Personal.ERASED_URL) String url,
            List<String> kinds,
            Instant at) implements StateEvent {}

    @JournalName("webhooks.changed")
    record Changed(
            String webhookId,
            @Personal(erased = Personal.ERASED_URL) String url,
            List<String> kinds,
            Instant at) implements StateEvent {}

    @JournalName("webhooks.paused")
    record Paused(String webhookId, Instant at) implements StateEvent {}

    @JournalName("webhooks.resumed")
    record Resumed(String webhookId, Instant at) implements StateEvent {}

    @JournalName("webhooks.removed")
    record Removed(String webhookId, Instant at) implements StateEvent {}

    /** @param previousUntil when the previous secret stops signing */
    @JournalName("webhooks.secret-rotated")
    record SecretRotated(String webhookId, int generation, Instant previousUntil, Instant at) implements StateEvent {}

    /** The owner is notified. */
    @JournalName("webhooks.disabled")
    record Disabled(
            String webhookId,
            @Personal(erased = Personal.ERASED_URL) String url,
            DisableReason reason,
            Instant at) implements StateEvent {}

    /** The owner is notified. */
    @JournalName("webhooks.deliveries-dropped")
    record DeliveriesDropped(
            String webhookId,
            @Personal(erased = Personal.ERASED_URL) String url,
            Instant at) implements StateEvent {}

    @JournalName("webhooks.test-requested")
    record TestRequested(String webhookId, String deliveryId, Instant at) implements SendEvent {}

    @JournalName("webhooks.redelivery-requested")
    record RedeliveryRequested(String webhookId, String deliveryId, String requestId, Instant at)
            implements SendEvent {}
}
