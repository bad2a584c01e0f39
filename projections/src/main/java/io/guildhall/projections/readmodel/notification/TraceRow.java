package io.guildhall.projections.readmodel.notification;

import java.time.Instant;

/**
 * One decision about a notification on one channel.
 *
 * @param number of the row, in the order in which the decisions were made
 * @param kind of the notification
 * @param entityKind the name of the aggregate whose event caused the notification; empty if it is older than traces
 * @param sequence the event's sequence number; 0 if the notification is older than traces
 * @param reason a constant of {@link TraceReason}; a text, since a newer node can write others
 * @param detail a time, the id of an entry, or the number of an attempt with the response of a mail server; can be empty
 */
public record TraceRow(
        long number,
        String notificationId,
        String accountId,
        String kind,
        String channel,
        String entityKind,
        String entityId,
        long sequence,
        String reason,
        String detail,
        Instant at) {}
