package io.guildhall.projections.view.notification;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;

import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.store.LinksJson;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.SqlType;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A row of the table {@code notification}.
 *
 * @param kind a text, since a newer node can write kinds that this version does not know
 */
record StoredNotification(
        String id, String accountId, String kind, Optional<String> title, String detail, List<Link> links, Instant at) {
    private static final SqlType<List<Link>> LINKS = new SqlType<>(
            "jsonb", List.class, it -> Sql.json(LinksJson.write(it)), it -> LinksJson.read(it.toString()));

    static final RecordColumns<StoredNotification> COLUMNS = RecordColumns.of(
            StoredNotification.class,
            column("id", TEXT, StoredNotification::id),
            column("account_id", TEXT, StoredNotification::accountId),
            column("kind", TEXT, StoredNotification::kind),
            optional("title", TEXT, StoredNotification::title),
            column("detail", TEXT, StoredNotification::detail),
            column("links", LINKS, StoredNotification::links),
            column("at", TIMESTAMP, StoredNotification::at));

    static final Table<StoredNotification> TABLE = new Table<>("notification", COLUMNS, "id");

    static StoredNotification of(Notification notification) {
        return new StoredNotification(
                notification.id(),
                notification.recipientId(),
                notification.kind().name(),
                notification.title(),
                notification.detail(),
                notification.links(),
                notification.at());
    }

    /** The notifications without a decision. Newer nodes decide about those of unknown kinds. */
    static List<Notification> undecided(Connection connection) throws SQLException {
        return Sql.list(connection, """
                SELECT n.* FROM notification n
                 WHERE NOT EXISTS (SELECT FROM notification_delivery d WHERE d.notification_id = n.id AND d.channel = 'IN_APP')
                 ORDER BY n.id
                """, row -> COLUMNS.read(row).notification()).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Notification> notification() {
        return NotificationKind.fromName(kind).map(it -> new Notification(id, accountId, it, title, detail, links, at));
    }
}
