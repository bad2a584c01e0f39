package io.guildhall.projections.readmodel.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An entry of its recipient's list: one notification, or several equal ones that came while the entry was unread.
 *
 * @param id of its first notification
 * @param kind a stable name such as {@code WORK_SUBMITTED}
 * @param text a sentence for the recipient
 * @param detail of the newest one: a reason, a note, a code or the name of a saved search; empty if there is none
 * @param links to what the newest one is about, the most specific last
 * @param count the number of notifications; of messages, if it is about messages
 * @param newestId the id of the newest notification
 * @param at the time of the newest one
 * @param readAt empty if it is unread
 */
public record NotificationRow(
        String id,
        String kind,
        String text,
        String detail,
        List<Link> links,
        long count,
        String newestId,
        Instant at,
        Optional<Instant> readAt) {
    public NotificationRow {
        links = List.copyOf(links);
    }
}
