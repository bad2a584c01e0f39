package io.guildhall.projections.notify.delivery;

import static io.guildhall.projections.readmodel.notification.NotificationChannel.EMAIL;
import static io.guildhall.projections.readmodel.notification.NotificationChannel.IN_APP;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.domain.preference.NotificationTimes;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.delivery.Delivery.Messages;
import io.guildhall.projections.readmodel.notification.TraceReason;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides when a notification is delivered on a channel, from what its recipient has chosen. The decision and its reason
 * are stored in the caller's transaction. Deciding again changes nothing.
 */
public final class Decisions {
    private Decisions() {}

    /** Shows a notification in the list, now or with the next digest, or never. */
    public static void inApp(Connection connection, Notification notification, Cause cause, Instant now)
            throws SQLException {
        inApp(connection, notification, cause, Optional.empty(), now);
    }

    static void inApp(
            Connection connection, Notification notification, Cause cause, Optional<Messages> messages, Instant now)
            throws SQLException {
        var wanted = WantedNotifications.read(connection, notification.recipientId());
        var frequency = wanted.inApp(notification.kind());
        var delivery = new Delivery(notification, IN_APP, cause, frequency, messages, 0);
        var due = digest(wanted.times(), frequency, now);
        if (!DeliveryTable.insert(connection, delivery, due)) return;
        switch (frequency) {
            case AT_ONCE -> DeliveryTable.show(connection, delivery, now);
            case DAILY, WEEKLY -> waits(connection, delivery, TraceReason.WAITS_FOR_DIGEST, due.orElseThrow(), now);
            case NEVER -> DeliveryTable.trace(connection, delivery, TraceReason.NOT_WANTED, "", now);
        }
    }

    /** Sends a notification by e-mail, when the recipient wants it, or never. */
    static void email(Connection connection, Notification notification, Cause cause, Instant now) throws SQLException {
        email(connection, notification, cause, Optional.empty(), Duration.ZERO, now);
    }

    /** @param delay before an e-mail that is not part of a digest */
    static void email(
            Connection connection,
            Notification notification,
            Cause cause,
            Optional<Messages> messages,
            Duration delay,
            Instant now)
            throws SQLException {
        var wanted = WantedNotifications.read(connection, notification.recipientId());
        boolean isSent = notification.kind().mailKind().isPresent()
                && notification.separateMailId().isEmpty();
        var frequency = isSent ? wanted.email(notification.kind()) : Frequency.NEVER;
        var delivery = new Delivery(notification, EMAIL, cause, frequency, messages, 0);
        var delayed = now.plus(delay);
        var quietUntil = notification.kind().isEmailOptional()
                ? wanted.times().endOfQuietHours(delayed)
                : Optional.<Instant>empty();
        var due = frequency == Frequency.AT_ONCE
                ? Optional.of(quietUntil.orElse(delayed))
                : digest(wanted.times(), frequency, now);
        if (!DeliveryTable.insert(connection, delivery, due)) return;
        if (!isSent) {
            boolean isReported = notification.separateMailId().isPresent();
            DeliveryTable.finish(
                    connection,
                    delivery,
                    notification.separateMailId(),
                    isReported ? TraceReason.SENT_SEPARATELY : TraceReason.NO_EMAIL,
                    now);
            if (isReported)
                MailResults.traceKnown(connection, notification.separateMailId().get(), notification.id());
            return;
        }
        switch (frequency) {
            case AT_ONCE -> {
                if (delay.isPositive()) waits(connection, delivery, TraceReason.WAITS_FOR_READER, delayed, now);
                if (quietUntil.isPresent())
                    waits(connection, delivery, TraceReason.WAITS_FOR_QUIET_HOURS, quietUntil.get(), now);
            }
            case DAILY, WEEKLY -> waits(connection, delivery, TraceReason.WAITS_FOR_DIGEST, due.orElseThrow(), now);
            case NEVER -> DeliveryTable.trace(connection, delivery, TraceReason.NOT_WANTED, "", now);
        }
    }

    private static Optional<Instant> digest(NotificationTimes times, Frequency frequency, Instant now) {
        return frequency.isDigest() ? Optional.of(times.nextDigest(now, frequency)) : Optional.empty();
    }

    private static void waits(Connection connection, Delivery delivery, TraceReason reason, Instant until, Instant now)
            throws SQLException {
        DeliveryTable.trace(connection, delivery, reason, TraceReason.until(until), now);
    }

    /** Those of these notifications that are in the list of their recipient. */
    public static Set<String> shown(Connection connection, List<String> ids) throws SQLException {
        return Set.copyOf(Sql.list(connection, """
                SELECT notification_id FROM notification_delivery
                 WHERE notification_id = ANY(?) AND channel = 'IN_APP' AND entry_id IS NOT NULL
                """, row -> row.getString("notification_id"), Sql.texts(ids)));
    }
}
