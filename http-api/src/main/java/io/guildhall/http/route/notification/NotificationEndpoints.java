package io.guildhall.http.route.notification;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.text.PlainText;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.notification.Notifications;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** List notifications, mark them as read, and read the decisions about each. */
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
                                "List your notifications, newest first. Unread notifications of one kind about one subject are one entry.")
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
                                "List the decisions about a notification on each channel, with their reasons, oldest first. For an"
                                        + " entry, the decisions about all its notifications.")
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

    public record ReadNotificationFields(Optional<@PlainText(max = 100) String> through) {}

    /** An entry of the list: one notification, or several of one kind about one subject. */
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
