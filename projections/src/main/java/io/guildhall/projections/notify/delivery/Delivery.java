package io.guildhall.projections.notify.delivery;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.readmodel.notification.NotificationChannel;
import java.util.Optional;

/**
 * A notification on one channel.
 *
 * @param messages the messages that it is about; empty if it is not about messages
 * @param attempts the number of failed attempts to deliver it
 */
record Delivery(
        Notification notification,
        NotificationChannel channel,
        Cause cause,
        Frequency frequency,
        Optional<Messages> messages,
        int attempts) {

    /**
     * Unread messages in one room.
     *
     * @param lastNumber of the newest message
     * @param count at least 1
     */
    record Messages(String roomId, long lastNumber, long count) {}

    String accountId() {
        return notification.recipientId();
    }

    /** The number of notifications for which it counts in its entry. */
    long count() {
        return messages.map(Messages::count).orElse(1L);
    }
}
