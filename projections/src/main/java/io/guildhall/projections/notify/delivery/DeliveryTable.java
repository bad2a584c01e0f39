package io.guildhall.projections.notify.delivery;

import static io.guildhall.projections.readmodel.notification.NotificationChannel.EMAIL;
import static io.guildhall.projections.readmodel.notification.NotificationChannel.IN_APP;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.delivery.Delivery.Messages;
import io.guildhall.projections.readmodel.notification.NotificationChannel;
import io.guildhall.projections.readmodel.notification.TraceReason;
import io.guildhall.projections.store.LinksJson;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The statements on the tables {@code notification_delivery}, {@code notification_entry} and {@code notification_trace}.
 * The decision about a notification is made once for each channel.
 */
final class DeliveryTable {
    private static final String INSERT = """
            INSERT INTO notification_delivery (notification_id, channel, account_id, kind, title, detail, links, at, entity_kind,
                                               entity_id, sequence, frequency, due_at, room_id, last_number, messages, topic)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """;

    private static final String TRACE = """
            INSERT INTO notification_trace (notification_id, channel, account_id, entity_kind, entity_id, sequence, reason, detail, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SHOW = """
            INSERT INTO notification_entry AS e (id, account_id, kind, topic, count, title, detail, links, at, newest_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account_id, kind, topic) WHERE read_at IS NULL DO UPDATE
               SET count = e.count + excluded.count, title = excluded.title, detail = excluded.detail, links = excluded.links,
                   at = greatest(e.at, excluded.at), newest_id = greatest(e.newest_id, excluded.newest_id)
            RETURNING id
            """;

    private static final String DUE = """
            SELECT * FROM notification_delivery
             WHERE account_id = ? AND channel = ? AND due_at <= ? AND frequency = ANY(?)
             ORDER BY notification_id LIMIT ? FOR UPDATE
            """;

    private DeliveryTable() {}

    /**
     * Inserts a delivery, unless there was a decision about the notification on this channel before.
     *
     * @param due empty if it does not wait
     * @return whether it was inserted
     */
    static boolean insert(Connection connection, Delivery delivery, Optional<Instant> due) throws SQLException {
        var it = delivery.notification();
        return Sql.update(
                        connection,
                        INSERT,
                        it.id(),
                        delivery.channel(),
                        it.recipientId(),
                        it.kind(),
                        it.title(),
                        it.detail(),
                        Sql.json(LinksJson.write(it.links())),
                        it.at(),
                        delivery.cause().kind(),
                        delivery.cause().entityId(),
                        delivery.cause().sequence(),
                        delivery.frequency(),
                        due,
                        delivery.messages().map(Messages::roomId),
                        delivery.messages().map(Messages::lastNumber),
                        delivery.messages().map(Messages::count),
                        it.topic())
                == 1;
    }

    static void trace(Connection connection, Delivery delivery, TraceReason reason, String detail, Instant now)
            throws SQLException {
        Sql.update(
                connection,
                TRACE,
                delivery.notification().id(),
                delivery.channel(),
                delivery.accountId(),
                delivery.cause().kind(),
                delivery.cause().entityId(),
                delivery.cause().sequence(),
                reason,
                detail,
                now);
    }

    /** Adds it to the unread entry about the same subject, or as a new entry, and ends its delivery. */
    static void show(Connection connection, Delivery delivery, Instant now) throws SQLException {
        var it = delivery.notification();
        var entry = Sql.list(
                        connection,
                        SHOW,
                        row -> row.getString("id"),
                        it.id(),
                        it.recipientId(),
                        it.kind(),
                        it.topic(),
                        delivery.count(),
                        it.title(),
                        it.detail(),
                        Sql.json(LinksJson.write(it.links())),
                        it.at(),
                        it.id())
                .getFirst();
        Sql.update(
                connection,
                "UPDATE notification_delivery SET due_at = NULL, entry_id = ? WHERE notification_id = ? AND channel = ?",
                entry,
                it.id(),
                IN_APP);
        if (entry.equals(it.id())) trace(connection, delivery, TraceReason.SHOWN, "", now);
        else trace(connection, delivery, TraceReason.GROUPED, entry, now);
    }

    /** Ends the delivery of an e-mail, with the reason. The result of the mail follows in the trace. */
    static void finish(
            Connection connection, Delivery delivery, Optional<String> mailId, TraceReason reason, Instant now)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE notification_delivery SET due_at = NULL, mail_id = ? WHERE notification_id = ? AND channel = ?",
                mailId,
                delivery.notification().id(),
                EMAIL);
        trace(connection, delivery, reason, mailId.orElse(""), now);
    }

    /** Plans another attempt. */
    static void postpone(Connection connection, Delivery delivery, Instant due) throws SQLException {
        Sql.update(
                connection,
                "UPDATE notification_delivery SET due_at = ?, attempts = attempts + 1 WHERE notification_id = ? AND channel = ?",
                due,
                delivery.notification().id(),
                delivery.channel());
    }

    /** The deliveries of an account that are due, oldest first. They are locked until the transaction ends. */
    static List<Delivery> lockDue(
            Connection connection,
            String accountId,
            NotificationChannel channel,
            Set<Frequency> frequencies,
            Instant now,
            int limit)
            throws SQLException {
        return Sql.list(
                        connection,
                        DUE,
                        DeliveryTable::read,
                        accountId,
                        channel,
                        now,
                        Sql.texts(frequencies.stream().map(Enum::name).toList()),
                        limit)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty if this version does not know its kind: a newer node delivers it. */
    static Optional<Delivery> read(ResultSet row) throws SQLException {
        var kind = NotificationKind.fromName(row.getString("kind"));
        if (kind.isEmpty()) return Optional.empty();
        var stored = new Notification(
                row.getString("notification_id"),
                row.getString("account_id"),
                kind.get(),
                Sql.text(row, "title"),
                row.getString("detail"),
                LinksJson.read(row.getString("links")),
                Sql.instant(row, "at").orElseThrow());
        // Deliveries of an earlier version have no topic.
        var notification = Sql.text(row, "topic").map(stored::withTopic).orElse(stored);
        var lastNumber = row.getLong("last_number");
        var messages = row.getLong("messages");
        return Optional.of(new Delivery(
                notification,
                NotificationChannel.valueOf(row.getString("channel")),
                new Cause(row.getString("entity_kind"), row.getString("entity_id"), row.getLong("sequence")),
                Frequency.valueOf(row.getString("frequency")),
                Sql.text(row, "room_id").map(it -> new Messages(it, lastNumber, messages)),
                row.getInt("attempts")));
    }
}
