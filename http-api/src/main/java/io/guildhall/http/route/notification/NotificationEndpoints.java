package io.guildhall.http.route.notification;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.notification.Notifications;
import java.time.Instant;
import java.util.List;

/** List notifications. */
public final class NotificationEndpoints {
    private final Notifications notifications;

    public NotificationEndpoints(Notifications notifications) {
        this.notifications = notifications;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/me/notifications", "List your notifications, newest first.")
                .requiresLogin()
                .returnsPageOf(NotificationResource.class)
                .handledBy(call -> notifications
                        .ofAccount(call.caller().id(), call.page())
                        .thenApply(page -> page.map(NotificationResource::fromRow))));
    }

    /**
     * @param kind a stable name such as {@code WORK_SUBMITTED}
     * @param text a sentence for the recipient
     * @param detail a reason, a note, a code or the name of a saved search; empty if there is none
     * @param links to the related resources, the most specific last; a milestone's id is its number within the contract
     */
    public record NotificationResource(
            String id, String kind, String text, String detail, List<Link> links, Instant createdAt) {
        public static NotificationResource fromRow(NotificationRow row) {
            return new NotificationResource(row.id(), row.kind(), row.text(), row.detail(), row.links(), row.at());
        }
    }
}
