package io.guildhall.projections.readmodel.notification;

import java.time.Instant;
import java.util.List;

/**
 * A notification in its recipient's list.
 *
 * @param kind a stable name such as {@code WORK_SUBMITTED}
 * @param text a sentence for the recipient
 * @param detail a reason, a note, a code or the name of a saved search; empty if there is none
 * @param links to what it is about, the most specific last
 */
public record NotificationRow(String id, String kind, String text, String detail, List<Link> links, Instant at) {
    public NotificationRow {
        links = List.copyOf(links);
    }
}
