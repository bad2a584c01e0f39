package io.guildhall.projections.view.notification;

import static io.guildhall.projections.View.on;

import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.notify.NotificationMatrix;
import io.guildhall.projections.notify.NotificationMatrix.Source;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

/** The notifications that are shown in the application. */
public final class NotificationView implements View {
    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(StoredNotification.TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return NotificationMatrix.SOURCES.stream()
                .<Subscription<?>>map(NotificationView::subscription)
                .toList();
    }

    @Override
    public List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events) {
        return NotificationMatrix.SOURCES.stream()
                .filter(it -> it.aggregate().name().equals(kind))
                .flatMap(source -> events.stream().flatMap(event -> listChanges(source, kind, event)))
                .toList();
    }

    private static <E> Stream<ListChange> listChanges(Source<E> source, String kind, Recorded<?> event) {
        var recorded = event.cast(source.aggregate().events());
        return source.notifications().apply(recorded).stream()
                .map(it -> new ListChange(it.recipientId(), AccountList.NOTIFICATIONS, it.id(), kind, recorded));
    }

    private static <E> Subscription<E> subscription(Source<E> source) {
        return on(source.aggregate(), (connection, recorded) -> {
            for (var notification : source.notifications().apply(recorded))
                StoredNotification.TABLE.insert(connection, StoredNotification.of(notification));
        });
    }
}
