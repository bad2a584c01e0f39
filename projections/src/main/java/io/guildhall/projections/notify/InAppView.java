package io.guildhall.projections.notify;

import static io.guildhall.projections.View.on;

import io.guildhall.projections.View;
import io.guildhall.projections.notify.NotificationMatrix.Source;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The notifications that people read in the application. */
public final class InAppView implements View {
    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public List<On<?>> follows() {
        return NotificationMatrix.SOURCES.stream()
                .<On<?>>map(InAppView::following)
                .toList();
    }

    private static <E> On<E> following(Source<E> source) {
        return on(source.aggregate(), (connection, recorded) -> {
            for (Notification notification : source.notifications().apply(recorded))
                if (notification.kind().isSentBy(Channel.IN_APP)) insert(connection, notification);
        });
    }

    private static void insert(Connection connection, Notification notification) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO notification (id, account_id, kind, title, detail, links, at) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """,
                notification.id(),
                notification.recipientId(),
                notification.kind(),
                notification.title(),
                notification.detail(),
                Sql.json(LinksJson.write(notification.links())),
                notification.at());
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE notification");
    }
}
