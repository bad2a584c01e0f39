package io.guildhall.http.route.notification;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.notification.Notifications;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What somebody is told. */
public final class NotificationEndpoints {
    private final Notifications notifications;

    public NotificationEndpoints(Notifications notifications) {
        this.notifications = notifications;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/me/notifications", "What you are told, the latest first")
                .requiresLogin()
                .returnsPageOf(NotificationView.class)
                .handledBy(call -> notifications
                        .ofAccount(call.caller().id(), call.page())
                        .thenApply(page -> page.map(NotificationView::of))));
    }

    /**
     * @param kind stable, as {@code WORK_SUBMITTED}
     * @param detail a reason, a note, a code or the name of a saved search; empty where there is none
     * @param foundId the job, gig or freelancer that a saved search found
     */
    public record NotificationView(
            String id,
            String kind,
            String text,
            String detail,
            Optional<String> jobId,
            Optional<String> proposalId,
            Optional<String> inviteId,
            Optional<String> contractId,
            OptionalInt milestone,
            Optional<String> foundId,
            Optional<String> searchId,
            Instant at) {
        static NotificationView of(NotificationRow row) {
            return new NotificationView(
                    row.id(),
                    row.kind(),
                    row.text(),
                    row.detail(),
                    row.jobId(),
                    row.proposalId(),
                    row.inviteId(),
                    row.contractId(),
                    row.milestone(),
                    row.foundId(),
                    row.searchId(),
                    row.at());
        }
    }
}
