package io.guildhall.projections.view.notification;

import static io.guildhall.projections.View.on;

import io.guildhall.projections.View;
import io.guildhall.projections.notify.NotificationMatrix;
import io.guildhall.projections.notify.NotificationMatrix.Source;
import io.guildhall.projections.store.Table;
import java.util.List;

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

    private static <E> Subscription<E> subscription(Source<E> source) {
        return on(source.aggregate(), (connection, recorded) -> {
            for (var notification : source.notifications().apply(recorded))
                StoredNotification.TABLE.insert(connection, StoredNotification.of(notification));
        });
    }
}
