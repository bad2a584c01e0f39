package io.guildhall.projections.relay;

import static io.guildhall.projections.Process.on;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.domain.webhook.WebhooksEvent;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.Ids;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Relay;
import io.guildhall.projections.Start;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.relay.PublishedEvents.Identified;
import io.guildhall.projections.relay.PublishedEvents.Source;
import io.guildhall.projections.store.WebhookQueue;
import io.guildhall.projections.store.WebhookQueue.Message;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Adds deliveries to the queue of webhooks: published notifications, as the CloudEvents that Kafka gets, and the tests and
 * repeated deliveries that owners of webhooks request. The ids derive from the events, so that an event that is read again
 * adds nothing.
 */
public final class WebhookRelay implements Relay {
    /** The kind of test events. */
    public static final String TEST = "TEST";

    /** How many statements it executes at the same time. */
    public static final int CONNECTIONS = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final WebhookQueue queue;
    private final Runnable added;
    private final InstantSource clock;
    private final BoundedExecutor statements = new BoundedExecutor("webhook-queue", CONNECTIONS, TIMEOUT, TIMEOUT);

    /** @param added called when something was added to the queue */
    public WebhookRelay(WebhookQueue queue, Runnable added, InstantSource clock) {
        this.queue = queue;
        this.added = added;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhooks-out";
    }

    /** Starts now: no account has a webhook for past events. */
    @Override
    public Start start() {
        return Start.now();
    }

    @Override
    public List<Process.Subscription<?>> follows() {
        return PublishedEvents.SOURCES.stream()
                .<Process.Subscription<?>>map(this::subscription)
                .toList();
    }

    private <E> Process.Subscription<E> subscription(Source<E> source) {
        return on(source.aggregate(), recorded -> relay(source, recorded));
    }

    private <E> CompletionStage<Void> relay(Source<E> source, Recorded<E> recorded) {
        var stage = recorded.event() instanceof WebhooksEvent
                ? handle(recorded.cast(WebhooksEvent.class))
                : WebhookRelay.done();
        for (var identified : source.all(recorded))
            if (identified.event() instanceof PublishedNotification.Created created)
                stage = stage.thenCompose(_ -> add(identified, created, recorded));
        return stage;
    }

    private CompletionStage<Void> add(
            Identified identified, PublishedNotification.Created notification, Recorded<?> recorded) {
        var message = new Message(
                deliveryId(identified.id()),
                notification.kind(),
                CloudEventJson.write(identified, recorded),
                recorded.at());
        boolean isCausedByStrangers = NotificationKind.fromName(notification.kind())
                .filter(NotificationKind::isCausedByStrangers)
                .isPresent();
        return write(
                () -> queue.addEvent(notification.recipientId(), message, isCausedByStrangers, clock.instant()) > 0);
    }

    /** The id of the deliveries of a published event. */
    static String deliveryId(String eventId) {
        return "whd_" + Ids.body(eventId);
    }

    private CompletionStage<Void> handle(Recorded<WebhooksEvent> recorded) {
        var accountId = recorded.entityId();
        return switch (recorded.event()) {
            case WebhooksEvent.TestRequested e -> {
                var message = new Message(
                        e.deliveryId(),
                        TEST,
                        CloudEventJson.writeTest(e.deliveryId(), e.webhookId(), recorded),
                        recorded.at());
                yield write(() -> {
                    queue.addTest(accountId, e.webhookId(), message, clock.instant());
                    return true;
                });
            }
            case WebhooksEvent.RedeliveryRequested e ->
                write(() -> {
                    queue.addAgain(accountId, e.webhookId(), e.deliveryId(), recorded.sequence(), clock.instant());
                    return true;
                });
            case WebhooksEvent.Removed e ->
                write(() -> {
                    queue.remove(e.webhookId());
                    return false;
                });
            case WebhooksEvent.StateEvent _ -> done();
        };
    }

    private static CompletionStage<Void> done() {
        return completedFuture(null);
    }

    private interface Write {
        /** @return whether something was added */
        boolean run() throws SQLException;
    }

    private CompletionStage<Void> write(Write write) {
        return statements.call(write::run).thenAccept(isAdded -> {
            if (isAdded) added.run();
        });
    }
}
