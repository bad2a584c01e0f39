package io.guildhall.http.route.notification;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.notification.Notifications;
import io.guildhall.projections.readmodel.notification.TraceRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** List the decisions about notifications, by recipient or by event; for admins. */
public final class NotificationTraceEndpoints {
    private final Notifications notifications;

    public NotificationTraceEndpoints(Notifications notifications) {
        this.notifications = notifications;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get(
                                "/api/admin/accounts/{accountId}/notification-trace",
                                "List the decisions about the notifications of an account, newest first.")
                        .requires(ADMIN)
                        .returnsPageOf(AdminTraceResource.class)
                        .handledBy(call ->
                                resources(notifications.traceOfAccount(call.pathId("accountId", "acc"), call.page()))),
                get(
                                "/api/admin/events/{eventKind}/{entityId}/{sequence}/notification-trace",
                                "List the decisions about the notifications of one event, oldest first.")
                        .requires(ADMIN)
                        .returnsPageOf(AdminTraceResource.class)
                        .handledBy(call -> resources(notifications.traceOfEvent(
                                call.pathParameter("eventKind"),
                                call.pathParameter("entityId"),
                                call.pathNumber("sequence"),
                                call.page()))));
    }

    public record AdminTraceResource(
            UserResource recipient, String eventKind, String entityId, long sequence, TraceResource decision) {
        static AdminTraceResource fromRow(TraceRow row) {
            return new AdminTraceResource(
                    UserResource.of(row.accountId()),
                    row.entityKind(),
                    row.entityId(),
                    row.sequence(),
                    TraceResource.fromRow(row));
        }
    }

    private static CompletionStage<Page<AdminTraceResource>> resources(CompletionStage<Page<TraceRow>> rows) {
        return rows.thenApply(page -> page.map(AdminTraceResource::fromRow));
    }
}
