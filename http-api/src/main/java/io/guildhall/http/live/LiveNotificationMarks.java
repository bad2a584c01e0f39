package io.guildhall.http.live;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.ChangeSignal;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.notification.NotificationMarkUpdates;
import io.guildhall.port.NotificationMarks;
import io.guildhall.projections.readmodel.live.LiveSignal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Stores which notifications are read, and shows the counters to all connections of the account. */
final class LiveNotificationMarks implements NotificationMarkUpdates {
    private final NotificationMarks marks;
    private final ChangeSignal changes;

    LiveNotificationMarks(NotificationMarks marks, ChangeSignal changes) {
        this.marks = marks;
        this.changes = changes;
    }

    @Override
    public CompletionStage<Void> markRead(String accountId, String entryId, Optional<String> through) {
        return marks.markRead(accountId, entryId, through).thenCompose(exists -> {
            if (!exists) throw AggregateApi.notFound();
            return marked(accountId);
        });
    }

    @Override
    public CompletionStage<Void> markAllRead(String accountId, Optional<String> through) {
        return marks.markAllRead(accountId, through).thenCompose(_ -> marked(accountId));
    }

    private CompletionStage<Void> marked(String accountId) {
        changes.publish(List.of(new LiveSignal(LiveSignal.Kind.COUNTERS, accountId).key()));
        return completedFuture(null);
    }
}
