package io.guildhall.projections.notify.delivery;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.port.MailKind;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.MailTexts.DigestItem;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import io.guildhall.projections.readmodel.notification.TraceReason;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the digest of an account. It includes all notifications that are due: it lists the first groups of equal ones, and
 * counts the rest. Kinds that strangers cannot cause are listed first.
 */
record Digests(Mails mails, Recipient recipient) {
    private static final List<String> KINDS = names(Stream.of(NotificationKind.values()));
    private static final List<String> OF_STRANGERS =
            names(Stream.of(NotificationKind.values()).filter(NotificationKind::isCausedByStrangers));

    /** Kinds that this version does not know are delivered by a newer node. */
    private static final String DUE = """
            d.account_id = ? AND d.channel = 'EMAIL' AND d.frequency IN ('DAILY', 'WEEKLY') AND d.due_at <= ? AND d.kind = ANY(?)
            """;

    private static final String TRACE = """
            INSERT INTO notification_trace (notification_id, channel, account_id, entity_kind, entity_id, sequence, reason, detail, at)
            SELECT notification_id, channel, account_id, entity_kind, entity_id, sequence, ?, ?, ? FROM changed ORDER BY notification_id
            """;

    /** Parameters: due, reason, detail, time. */
    private static final String DROP = """
            WITH changed AS (
                 UPDATE notification_delivery d SET due_at = NULL WHERE %s AND EXISTS (%s) RETURNING d.*)
            """.formatted(DUE, "%s") + TRACE;

    private static final String DROP_READ = DROP.formatted(
            "SELECT FROM read_mark r WHERE r.room_id = d.room_id AND r.account_id = d.account_id AND r.number >= d.last_number");

    private static final String DROP_BLOCKED =
            DROP.formatted("SELECT FROM room_list m WHERE m.room_id = d.room_id AND m.account_id = d.account_id AND "
                    + MessageMails.IS_BLOCKED);

    private static final String ROOMS =
            "SELECT DISTINCT d.room_id FROM notification_delivery d WHERE d.room_id IS NOT NULL AND " + DUE;

    /** More parameters: room, number. */
    private static final String DROP_BEFORE = DROP.formatted("SELECT WHERE d.room_id = ? AND d.last_number < ?");

    private static final String TOTAL = """
            SELECT coalesce(sum(coalesce(d.messages, 1)), 0) AS count, extract(epoch FROM max(d.due_at))::bigint AS period,
                   array_agg(DISTINCT d.kind) AS kinds
              FROM notification_delivery d WHERE
            """ + DUE;

    private static final String GROUPS = """
            SELECT * FROM (
                   SELECT DISTINCT ON (d.kind, coalesce(d.topic, d.notification_id)) d.*,
                          sum(coalesce(d.messages, 1)) OVER equal AS group_count, min(d.notification_id) OVER equal AS first_id
                     FROM notification_delivery d WHERE %s
                   WINDOW equal AS (PARTITION BY d.kind, coalesce(d.topic, d.notification_id))
                    ORDER BY d.kind, coalesce(d.topic, d.notification_id), d.notification_id DESC) AS newest
             ORDER BY kind = ANY(?), first_id LIMIT ?
            """.formatted(DUE);

    private static final String FINISH = """
            WITH changed AS (
                 UPDATE notification_delivery d SET due_at = NULL, mail_id = ? WHERE %s RETURNING d.*)
            """.formatted(DUE) + TRACE;

    private static final String POSTPONE = """
            WITH changed AS (
                 UPDATE notification_delivery d SET due_at = ?, attempts = attempts + 1 WHERE %s AND d.frequency = ? RETURNING d.*)
            """.formatted(DUE) + TRACE;

    private record Total(long count, long period, List<String> kinds) {}

    private static List<String> names(Stream<NotificationKind> kinds) {
        return kinds.map(Enum::name).toList();
    }

    /**
     * Writes one mail about all that is due. Its id names the account and the time of the digest, so that there is one for
     * each time: notifications that became due too late for it wait for the next one. The caller holds the lock of the
     * account.
     */
    void deliver(Connection connection, Instant now) throws SQLException {
        drop(connection, DROP_READ, TraceReason.READ_MEANWHILE, now);
        drop(connection, DROP_BLOCKED, TraceReason.BLOCKED, now);
        dropUnreadable(connection, now);
        var total = total(connection, now);
        if (total.count() == 0) return;
        var mail = mails.compose(
                kind(total),
                "digest/" + recipient.accountId() + "/" + total.period(),
                recipient,
                MailTexts.digest(groups(connection, now), total.count(), mails.publicUrl()));
        if (MailTable.add(connection, mail, recipient.accountId(), now)) finish(connection, mail.id(), now);
        else for (var it : List.of(Frequency.DAILY, Frequency.WEEKLY)) postpone(connection, it, now);
    }

    private void drop(Connection connection, String sql, TraceReason reason, Instant now) throws SQLException {
        Sql.update(connection, sql, recipient.accountId(), now, Sql.texts(KINDS), reason, "", now);
    }

    /** Drops those about messages of which the recipient can read none. */
    private void dropUnreadable(Connection connection, Instant now) throws SQLException {
        var account = recipient.accountId();
        var kinds = Sql.texts(KINDS);
        var firstUnread = new FirstUnreadMessages(connection, account);
        for (var room : Sql.list(connection, ROOMS, row -> row.getString("room_id"), account, now, kinds))
            Sql.update(
                    connection,
                    DROP_BEFORE,
                    account,
                    now,
                    kinds,
                    room,
                    firstUnread.of(room),
                    TraceReason.NOT_READABLE,
                    "",
                    now);
    }

    private Total total(Connection connection, Instant now) throws SQLException {
        return Sql.list(
                        connection,
                        TOTAL,
                        row -> row.getLong("count") == 0
                                ? new Total(0, 0, List.of())
                                : new Total(
                                        row.getLong("count"),
                                        row.getLong("period"),
                                        Sql.list(row, "kinds", String[].class)),
                        recipient.accountId(),
                        now,
                        Sql.texts(KINDS))
                .getFirst();
    }

    /** The link in a digest of one kind stops e-mails of this kind. */
    private static MailKind kind(Total total) {
        return total.kinds().size() == 1
                ? NotificationKind.valueOf(total.kinds().getFirst()).mailKind().orElseThrow()
                : MailKind.DIGEST;
    }

    private List<DigestItem> groups(Connection connection, Instant now) throws SQLException {
        return Sql.list(
                        connection,
                        GROUPS,
                        Digests::item,
                        recipient.accountId(),
                        now,
                        Sql.texts(KINDS),
                        Sql.texts(OF_STRANGERS),
                        MailTexts.MAX_DIGEST_ITEMS)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<DigestItem> item(ResultSet row) throws SQLException {
        long count = row.getLong("group_count");
        return DeliveryTable.read(row).map(it -> new DigestItem(it.notification(), count));
    }

    private void finish(Connection connection, String mailId, Instant now) throws SQLException {
        Sql.update(
                connection,
                FINISH,
                mailId,
                recipient.accountId(),
                now,
                Sql.texts(KINDS),
                TraceReason.PUT_INTO_DIGEST,
                mailId,
                now);
    }

    private void postpone(Connection connection, Frequency frequency, Instant now) throws SQLException {
        var next = WantedNotifications.read(connection, recipient.accountId())
                .times()
                .nextDigest(now, frequency);
        Sql.update(
                connection,
                POSTPONE,
                next,
                recipient.accountId(),
                now,
                Sql.texts(KINDS),
                frequency,
                TraceReason.WAITS_FOR_DIGEST,
                TraceReason.until(next),
                now);
    }
}
