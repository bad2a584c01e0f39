package io.guildhall.projections.notify;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.projections.View;
import io.guildhall.projections.notify.NotificationMatrix.Source;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.SqlType;
import io.guildhall.projections.store.Table;
import java.util.List;

/** The notifications that people read in the application. */
public final class InAppView implements View {
    private static final SqlType<List<Link>> LINKS = new SqlType<>(
            "jsonb", List.class, it -> Sql.json(LinksJson.write(it)), it -> LinksJson.read(it.toString()));

    private static final Table<Notification> TABLE = new Table<>(
            "notification",
            Columns.of(
                    column("id", TEXT, Notification::id),
                    column("account_id", TEXT, Notification::recipientId),
                    column("kind", enumOf(NotificationKind.class), Notification::kind),
                    optional("title", TEXT, Notification::title),
                    column("detail", TEXT, Notification::detail),
                    column("links", LINKS, Notification::links),
                    column("at", TIMESTAMP, Notification::at)),
            "id");

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        return NotificationMatrix.SOURCES.stream()
                .<Subscription<?>>map(InAppView::following)
                .toList();
    }

    private static <E> Subscription<E> following(Source<E> source) {
        return on(source.aggregate(), (connection, recorded) -> {
            for (Notification notification : source.notifications().apply(recorded))
                if (notification.kind().isSentBy(Channel.IN_APP)) TABLE.insert(connection, notification);
        });
    }
}
