package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.readmodel.notification.Notifications;
import io.guildhall.projections.readmodel.notification.TraceRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One entry with its trace. */
final class SampleNotifications implements Notifications {
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");

    static final NotificationRow ENTRY = new NotificationRow(
            "ntf_1",
            "WORK_SUBMITTED",
            "Work was submitted.",
            "",
            List.of(Link.Kind.CONTRACT.link("ctr_1"), Link.Kind.MILESTONE.link("1")),
            1,
            "ntf_1",
            AT,
            Optional.of(AT));

    private static final TraceRow TRACE = new TraceRow(
            1, "ntf_1", "acc_1", "WORK_SUBMITTED", "EMAIL", "contract", "ctr_1", 3, "QUEUED", "notice/ntf_1", AT);

    @Override
    public CompletionStage<Page<NotificationRow>> ofAccount(String accountId, Page.Request page) {
        return page(ENTRY);
    }

    @Override
    public CompletionStage<Page<NotificationRow>> ofEntry(String accountId, String entryId, Page.Request page) {
        return page(ENTRY);
    }

    @Override
    public CompletionStage<Page<TraceRow>> trace(String accountId, String id, Page.Request page) {
        return page(TRACE);
    }

    @Override
    public CompletionStage<Page<TraceRow>> traceOfAccount(String accountId, Page.Request page) {
        return page(TRACE);
    }

    @Override
    public CompletionStage<Page<TraceRow>> traceOfEvent(
            String entityKind, String entityId, long sequence, Page.Request page) {
        return page(TRACE);
    }

    private static <T> CompletionStage<Page<T>> page(T row) {
        return completedFuture(new Page<>(List.of(row), Optional.empty()));
    }
}
