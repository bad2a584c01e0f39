package io.guildhall.projections.notify.delivery;

import io.guildhall.port.Mailer.Mail;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.MailTexts.MessageQuote;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import io.guildhall.projections.readmodel.notification.TraceReason;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes the e-mails about messages: at most one for each room that was not sent yet. Messages that follow join it. An
 * e-mail is dropped if the messages were read or deleted in the meantime, or if one of the two members of a conversation has
 * blocked the other.
 */
record MessageMails(Mails mails, Recipient recipient) {
    /** Of one room in one transaction. */
    private static final int MAX_JOINED = 500;

    /** The newest messages are quoted. */
    private static final int MAX_QUOTES = 3;

    private static final String IS_READ =
            "SELECT number FROM read_mark WHERE room_id = ? AND account_id = ? AND number >= ?";

    /** Of the rows {@code m} of {@code room_list}: a block concerns conversations only. */
    static final String IS_BLOCKED = """
            (m.kind = 'CONVERSATION' AND EXISTS (
                   SELECT FROM account_block b
                    WHERE b.is_active AND (b.blocker_id, b.blocked_id) IN ((m.account_id, m.other_id), (m.other_id, m.account_id))))""";

    private static final String BLOCKED =
            "SELECT FROM room_list m WHERE m.room_id = ? AND m.account_id = ? AND " + IS_BLOCKED;

    /** Those that are not due yet are included. */
    private static final String WAITING = """
            SELECT d.* FROM notification_delivery d
             WHERE d.account_id = ? AND d.room_id = ? AND d.channel = 'EMAIL' AND d.frequency = 'AT_ONCE' AND d.due_at IS NOT NULL
               AND d.last_number > coalesce(
                   (SELECT number FROM read_mark r WHERE r.room_id = d.room_id AND r.account_id = d.account_id), 0)
             ORDER BY d.last_number LIMIT ? FOR UPDATE OF d
            """;

    private static final String LAST_MAIL = """
            SELECT mail_id FROM notification_delivery
             WHERE account_id = ? AND room_id = ? AND channel = 'EMAIL' AND frequency = 'AT_ONCE' AND mail_id IS NOT NULL
             ORDER BY last_number DESC LIMIT 1
            """;

    private static final String UNREAD_OF_MAIL = """
            SELECT coalesce(sum(d.messages), 0) AS messages FROM notification_delivery d
             WHERE d.mail_id = ? AND d.last_number > coalesce(
                   (SELECT number FROM read_mark r WHERE r.room_id = d.room_id AND r.account_id = d.account_id), 0)
            """;

    /** The messages {@code u} of rooms {@code m} that the recipient can still read, and has not read. */
    static final String UNREAD = """
            FROM message u JOIN room_list m ON m.room_id = u.room_id AND NOT m.is_removed
             WHERE u.by_id <> m.account_id AND u.report_kind IS NULL AND u.deleted_at IS NULL
               AND u.number > coalesce(
                   (SELECT number FROM read_mark r WHERE r.room_id = m.room_id AND r.account_id = m.account_id), 0)
            """;

    private static final String UNREAD_OF_ROOM = UNREAD + " AND m.account_id = ? AND u.room_id = ? AND u.number <= ?";

    private static final String QUOTES =
            "SELECT u.text, u.attachment_name " + UNREAD_OF_ROOM + " ORDER BY u.number DESC LIMIT ?";

    private static final String COUNT =
            "SELECT count(*) AS messages FROM (SELECT " + UNREAD_OF_ROOM + " LIMIT ?) AS unread";

    /** Why a notification about messages is not sent any more; empty if it is, or if it is not about messages. */
    static Optional<TraceReason> obsolete(Connection connection, Delivery delivery, FirstUnreadMessages firstUnread)
            throws SQLException {
        if (delivery.messages().isEmpty()) return Optional.empty();
        var messages = delivery.messages().get();
        var account = delivery.accountId();
        if (exists(connection, IS_READ, messages.roomId(), account, messages.lastNumber()))
            return Optional.of(TraceReason.READ_MEANWHILE);
        if (exists(connection, BLOCKED, messages.roomId(), account)) return Optional.of(TraceReason.BLOCKED);
        return firstUnread.of(messages.roomId()) <= messages.lastNumber()
                ? Optional.empty()
                : Optional.of(TraceReason.NOT_READABLE);
    }

    private static boolean exists(Connection connection, String sql, Object... values) throws SQLException {
        return !Sql.list(connection, sql, _ -> true, values).isEmpty();
    }

    /** Writes the mail about the messages of a room that wait, or adds them to the one that was not sent yet. */
    void deliver(Connection connection, String roomId, Instant now) throws SQLException {
        var account = recipient.accountId();
        var waiting = Sql.list(connection, WAITING, DeliveryTable::read, account, roomId, MAX_JOINED).stream()
                .flatMap(Optional::stream)
                .toList();
        if (waiting.isEmpty()) return;
        var unsent = Sql.list(connection, LAST_MAIL, row -> row.getString("mail_id"), account, roomId).stream()
                .findFirst();
        if (unsent.isPresent() && join(connection, unsent.get(), waiting, now)) return;
        var mail = mail(
                connection,
                EmailDelivery.ID_PREFIX + waiting.getLast().notification().id(),
                waiting,
                0);
        boolean isNew = MailTable.add(connection, mail, account, now);
        finish(connection, waiting, mail.id(), isNew ? TraceReason.QUEUED : TraceReason.ALREADY_QUEUED, now);
        if (!isNew)
            for (var it : waiting)
                MailResults.traceKnown(connection, mail.id(), it.notification().id());
    }

    private boolean join(Connection connection, String mailId, List<Delivery> waiting, Instant now)
            throws SQLException {
        if (!MailTable.lockUnsent(connection, mailId, now)) return false;
        long before = Sql.list(connection, UNREAD_OF_MAIL, row -> row.getLong("messages"), mailId)
                .getFirst();
        MailTable.replace(connection, mail(connection, mailId, waiting, before));
        finish(connection, waiting, mailId, TraceReason.JOINED_MAIL, now);
        return true;
    }

    private Mail mail(Connection connection, String mailId, List<Delivery> waiting, long before) throws SQLException {
        var newest = waiting.getLast();
        var messages = newest.messages().orElseThrow();
        long notified = before + waiting.stream().mapToLong(Delivery::count).sum();
        // Some can have been deleted in the meantime.
        long count = Sql.list(
                        connection,
                        COUNT,
                        row -> row.getLong("messages"),
                        recipient.accountId(),
                        messages.roomId(),
                        messages.lastNumber(),
                        notified)
                .getFirst();
        var quotes = Sql.list(
                connection,
                QUOTES,
                row -> new MessageQuote(row.getString("text"), Sql.list(row, "attachment_name", String[].class)),
                recipient.accountId(),
                messages.roomId(),
                messages.lastNumber(),
                Math.min(count, MAX_QUOTES));
        return mails.compose(
                NotificationKind.MESSAGE_RECEIVED.mailKind().orElseThrow(),
                mailId,
                recipient,
                MailTexts.messages(newest.notification(), count, quotes.reversed(), mails.publicUrl()));
    }

    private static void finish(
            Connection connection, List<Delivery> waiting, String mailId, TraceReason reason, Instant now)
            throws SQLException {
        for (var it : waiting) DeliveryTable.finish(connection, it, Optional.of(mailId), reason, now);
    }
}
