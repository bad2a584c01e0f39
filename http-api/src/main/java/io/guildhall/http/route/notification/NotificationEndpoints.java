package io.guildhall.http.route.notification;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.notification.Notifications;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** List notifications, mark them as read, and see what was decided about each. */
public final class NotificationEndpoints {
    private static final String PREFIX = "ntf";

    private final Notifications notifications;
    private final NotificationMarkUpdates marks;

    public NotificationEndpoints(Notifications notifications, NotificationMarkUpdates marks) {
        this.notifications = notifications;
        this.marks = marks;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get(
                                "/api/me/notifications",
                                "List your notifications, newest first. Equal ones that you have not read are one entry.")
                        .requiresLogin()
                        .returnsPageOf(NotificationResource.class)
                        .handledBy(call ->
                                resources(notifications.ofAccount(call.caller().id(), call.page()))),
                get(
                                "/api/me/notifications/{notificationId}/members",
                                "List the notifications of an entry, newest first.")
                        .requiresLogin()
                        .returnsPageOf(NotificationResource.class)
                        .handledBy(call -> resources(notifications.ofEntry(
                                call.caller().id(), call.pathId("notificationId", PREFIX), call.page()))),
                get(
                                "/api/me/notifications/{notificationId}/trace",
                                "List what was decided about a notification on each channel, and why, oldest first. For an"
                                        + " entry, about all its notifications.")
                        .requiresLogin()
                        .returnsPageOf(TraceResource.class)
                        .handledBy(this::trace),
                post("/api/me/notifications/{notificationId}/read", "Mark an entry of your notifications as read.")
                        .requiresLogin()
                        .accepts(ReadNotificationFields.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(call -> marks.markRead(
                                call.caller().id(),
                                call.pathId("notificationId", PREFIX),
                                call.body().through())),
                post("/api/me/notifications/read", "Mark all your notifications as read.")
                        .requiresLogin()
                        .accepts(ReadNotificationFields.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .handledBy(call -> marks.markAllRead(
                                call.caller().id(), call.body().through())));
    }

    /** @param through the newest notification that you have seen: entries with a newer one stay unread */
    public record ReadNotificationFields(Optional<@Size(max = 100) String> through) {}

    /**
     * An entry of the list: one notification, or several equal ones.
     *
     * @param id of its first notification
     * @param kind a stable name such as {@code WORK_SUBMITTED}
     * @param text a sentence for the recipient
     * @param detail a reason, a note, a code or the name of a saved search; empty if there is none
     * @param links to the related resources, the most specific last; a milestone's id is its number within the contract
     * @param count the number of notifications; of messages, if it is about messages
     * @param newestId the id of the newest notification
     * @param readAt absent if it is unread
     */
    public record NotificationResource(
            String id,
            String kind,
            String text,
            String detail,
            List<Link> links,
            long count,
            String newestId,
            Instant createdAt,
            Optional<Instant> readAt) {
        public static NotificationResource fromRow(NotificationRow row) {
            return new NotificationResource(
                    row.id(),
                    row.kind(),
                    row.text(),
                    row.detail(),
                    row.links(),
                    row.count(),
                    row.newestId(),
                    row.at(),
                    row.readAt());
        }
    }

    private static CompletionStage<Page<NotificationResource>> resources(CompletionStage<Page<NotificationRow>> rows) {
        return rows.thenApply(page -> page.map(NotificationResource::fromRow));
    }

    private CompletionStage<Page<TraceResource>> trace(Call<Void> call) {
        return notifications
                .trace(call.caller().id(), call.pathId("notificationId", PREFIX), call.page())
                .thenApply(page -> page.map(TraceResource::fromRow));
    }
}
