package io.guildhall.projections.relay;

import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.delivery.Cause;
import io.guildhall.projections.notify.delivery.MessageNotifications.Publisher;
import io.guildhall.projections.relay.PublishedEvents.Identified;
import io.guildhall.projections.store.WebhookQueue;
import io.guildhall.projections.store.WebhookQueue.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Adds deliveries of notifications of unread messages to the queue of webhooks, in the transaction that decides about them:
 * no event causes them, but the time that a message stays unread, so that {@link WebhookRelay} does not see them.
 */
public final class MessageWebhooks implements Publisher {
    @Override
    public void publish(Connection connection, Notification notification, Cause cause, Instant now)
            throws SQLException {
        var identified = new Identified(notification.id(), PublishedEvents.notification(notification));
        var message = new Message(
                WebhookRelay.deliveryId(notification.id()),
                notification.kind().name(),
                CloudEventJson.write(identified, now, cause.sequence()),
                now);
        WebhookQueue.addEvent(
                connection,
                notification.recipientId(),
                message,
                notification.kind().isCausedByStrangers(),
                now);
    }
}
