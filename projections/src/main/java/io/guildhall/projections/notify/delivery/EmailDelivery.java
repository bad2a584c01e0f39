package io.guildhall.projections.notify.delivery;

import static io.guildhall.projections.readmodel.notification.NotificationChannel.EMAIL;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.kernel.Backoff;
import io.guildhall.port.MailAddresses;
import io.guildhall.port.MailKind;
import io.guildhall.projections.notify.mail.MailContent;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.MailTexts.DigestItem;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import io.guildhall.projections.readmodel.notification.TraceReason;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailTable;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Writes the e-mails of notifications that are due: one for each, or one digest of all that an account gets daily or
 * weekly. An e-mail about messages that were read in the meantime is dropped.
 */
public record EmailDelivery(Mails mails, MailAddresses addresses) {
    /** The maximum number of notifications in one transaction, and so in one digest. */
    static final int MAX_PER_TRANSACTION = 500;

    /** How long an unknown address is looked up again. */
    private static final Duration MAX_AGE = Duration.ofDays(2);

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(10), Duration.ofHours(1));
    private static final Duration ADDRESS_TIMEOUT = Duration.ofSeconds(5);

    /** Never changes: the id of a mail that was sent before must be found again. */
    private static final String ID_PREFIX = "notice/";

    /** The newest ones are quoted. */
    private static final int MAX_QUOTES = 3;

    /** Those that the recipient can still read, and has not read. */
    private static final String QUOTES = """
            SELECT u.text FROM message u
              JOIN room_list m ON m.room_id = u.room_id AND m.account_id = ? AND NOT m.is_removed
             WHERE u.room_id = ? AND u.number <= ? AND u.by_id <> m.account_id AND u.report_kind IS NULL AND u.deleted_at IS NULL
               AND u.number > coalesce(
                   (SELECT number FROM read_mark r WHERE r.room_id = m.room_id AND r.account_id = m.account_id), 0)
             ORDER BY u.number DESC LIMIT ?
            """;

    Optional<String> address(String accountId) throws Exception {
        return addresses.of(accountId).toCompletableFuture().get(ADDRESS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the number of notifications that were handled. The caller holds the lock of the account. */
    int deliver(Connection connection, String accountId, Optional<String> address, Instant now) throws SQLException {
        var due = DeliveryTable.lockDue(connection, accountId, EMAIL, now, MAX_PER_TRANSACTION);
        var digest = new ArrayList<Delivery>();
        for (var it : due) {
            if (isRead(connection, it)) finish(connection, it, Optional.empty(), TraceReason.READ_MEANWHILE, now);
            else if (address.isEmpty()) withoutAddress(connection, it, now);
            else if (it.frequency() == Frequency.AT_ONCE)
                deliver(connection, it, new Recipient(accountId, address.get()), now);
            else digest.add(it);
        }
        if (!digest.isEmpty()) deliverDigest(connection, digest, new Recipient(accountId, address.orElseThrow()), now);
        return due.size();
    }

    private static boolean isRead(Connection connection, Delivery delivery) throws SQLException {
        if (delivery.messages().isEmpty()) return false;
        var messages = delivery.messages().get();
        return !Sql.list(
                        connection,
                        "SELECT number FROM read_mark WHERE room_id = ? AND account_id = ? AND number >= ?",
                        row -> row.getLong("number"),
                        messages.roomId(),
                        delivery.accountId(),
                        messages.lastNumber())
                .isEmpty();
    }

    /** The view of accounts can be behind. */
    private static void withoutAddress(Connection connection, Delivery delivery, Instant now) throws SQLException {
        if (delivery.notification().at().isBefore(now.minus(MAX_AGE)))
            finish(connection, delivery, Optional.empty(), TraceReason.NO_ADDRESS, now);
        else DeliveryTable.postpone(connection, delivery, now.plus(BACKOFF.after(delivery.attempts() + 1)));
    }

    private void deliver(Connection connection, Delivery delivery, Recipient recipient, Instant now)
            throws SQLException {
        var notification = delivery.notification();
        var mail = mails.compose(
                notification.kind().mailKind().orElseThrow(),
                ID_PREFIX + notification.id(),
                recipient,
                content(connection, delivery));
        boolean isNew = MailTable.add(connection, mail, recipient.accountId(), now);
        finish(
                connection,
                delivery,
                Optional.of(mail.id()),
                isNew ? TraceReason.QUEUED : TraceReason.ALREADY_QUEUED,
                now);
        if (!isNew) MailResults.traceKnown(connection, mail.id(), notification.id());
    }

    private MailContent content(Connection connection, Delivery delivery) throws SQLException {
        var notification = delivery.notification();
        var messages = delivery.messages();
        if (messages.isEmpty()) return MailTexts.notification(notification, 1, mails.publicUrl());
        var newest = Sql.list(
                connection,
                QUOTES,
                row -> row.getString("text"),
                delivery.accountId(),
                messages.get().roomId(),
                messages.get().lastNumber(),
                Math.min(messages.get().count(), MAX_QUOTES));
        return MailTexts.messages(notification, delivery.count(), newest.reversed(), mails.publicUrl());
    }

    /**
     * The id names the account and the time of the digest, so that there is one digest for each time. Notifications that
     * became due too late for it wait for the next one.
     */
    private void deliverDigest(Connection connection, List<Delivery> digest, Recipient recipient, Instant now)
            throws SQLException {
        var times = WantedNotifications.read(connection, recipient.accountId()).times();
        var mail = mails.compose(
                kind(digest),
                "digest/" + recipient.accountId() + "/" + period(connection, digest),
                recipient,
                MailTexts.digest(items(digest), mails.publicUrl()));
        boolean isNew = MailTable.add(connection, mail, recipient.accountId(), now);
        for (var it : digest) {
            if (isNew) finish(connection, it, Optional.of(mail.id()), TraceReason.PUT_INTO_DIGEST, now);
            else {
                var next = times.nextDigest(now, it.frequency());
                DeliveryTable.postpone(connection, it, next);
                DeliveryTable.trace(connection, it, TraceReason.WAITS_FOR_DIGEST, next.toString(), now);
            }
        }
    }

    /** Equal notifications are one item, at the place of the first, with the text of the newest. */
    private static List<DigestItem> items(List<Delivery> digest) {
        var items = new LinkedHashMap<String, DigestItem>();
        for (var it : digest)
            items.merge(
                    it.notification().kind() + "/" + it.notification().topic(),
                    new DigestItem(it.notification(), it.count()),
                    (before, next) -> new DigestItem(next.notification(), before.count() + next.count()));
        return List.copyOf(items.values());
    }

    /** The link in a digest of one kind stops e-mails of this kind. */
    private static MailKind kind(List<Delivery> digest) {
        var kinds =
                digest.stream().map(it -> it.notification().kind()).distinct().toList();
        return kinds.size() == 1 ? kinds.getFirst().mailKind().orElseThrow() : MailKind.DIGEST;
    }

    /** The time of the newest digest that is due, in seconds. */
    private static long period(Connection connection, List<Delivery> digest) throws SQLException {
        return Sql.list(
                        connection,
                        """
                        SELECT extract(epoch FROM max(due_at))::bigint AS period FROM notification_delivery
                         WHERE channel = 'EMAIL' AND notification_id = ANY(?)
                        """,
                        row -> row.getLong("period"),
                        Sql.texts(digest.stream()
                                .map(it -> it.notification().id())
                                .toList()))
                .getFirst();
    }

    private static void finish(
            Connection connection, Delivery delivery, Optional<String> mailId, TraceReason reason, Instant now)
            throws SQLException {
        DeliveryTable.finish(connection, delivery, mailId, reason, now);
    }
}
