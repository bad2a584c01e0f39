package io.guildhall.projections.notify.delivery;

import static io.guildhall.projections.readmodel.notification.NotificationChannel.EMAIL;

import io.guildhall.domain.preference.Frequency;
import io.guildhall.kernel.Backoff;
import io.guildhall.port.MailAddresses;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import io.guildhall.projections.readmodel.notification.TraceReason;
import io.guildhall.projections.store.MailResults;
import io.guildhall.projections.store.MailTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Writes the e-mails of notifications that are due: one for each, one for each room with messages, or one digest of all
 * that an account gets daily or weekly.
 */
public record EmailDelivery(Mails mails, MailAddresses addresses) {
    /** The maximum number of notifications in one transaction, except those of a digest. */
    static final int MAX_PER_TRANSACTION = 500;

    /** How long an unknown address is looked up again. */
    private static final Duration MAX_AGE = Duration.ofDays(2);

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(10), Duration.ofHours(1));
    private static final Duration ADDRESS_TIMEOUT = Duration.ofSeconds(5);

    /** Never changes: the id of a mail that was sent before must be found again. */
    static final String ID_PREFIX = "notice/";

    Optional<String> address(String accountId) throws Exception {
        return addresses.of(accountId).toCompletableFuture().get(ADDRESS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Returns the number of notifications that were handled, without those in a digest: it includes all that wait. The
     * caller holds the lock of the account.
     */
    int deliver(Connection connection, String accountId, Optional<String> address, Instant now) throws SQLException {
        var frequencies = address.isEmpty() ? EnumSet.allOf(Frequency.class) : EnumSet.of(Frequency.AT_ONCE);
        var due = DeliveryTable.lockDue(connection, accountId, EMAIL, frequencies, now, MAX_PER_TRANSACTION);
        var rooms = new TreeSet<String>();
        var firstUnread = new FirstUnreadMessages(connection, accountId);
        for (var it : due) {
            var obsolete = MessageMails.obsolete(connection, it, firstUnread);
            if (obsolete.isPresent()) DeliveryTable.finish(connection, it, Optional.empty(), obsolete.get(), now);
            else if (address.isEmpty()) withoutAddress(connection, it, now);
            else if (it.messages().isPresent()) rooms.add(it.messages().get().roomId());
            else deliver(connection, it, new Recipient(accountId, address.get()), now);
        }
        if (address.isPresent()) {
            var recipient = new Recipient(accountId, address.get());
            for (var room : rooms) new MessageMails(mails, recipient).deliver(connection, room, now);
            new Digests(mails, recipient).deliver(connection, now);
        }
        return due.size();
    }

    /** The view of accounts can be behind. */
    private static void withoutAddress(Connection connection, Delivery delivery, Instant now) throws SQLException {
        if (delivery.notification().at().isBefore(now.minus(MAX_AGE)))
            DeliveryTable.finish(connection, delivery, Optional.empty(), TraceReason.NO_ADDRESS, now);
        else DeliveryTable.postpone(connection, delivery, now.plus(BACKOFF.after(delivery.attempts() + 1)));
    }

    private void deliver(Connection connection, Delivery delivery, Recipient recipient, Instant now)
            throws SQLException {
        var notification = delivery.notification();
        var mail = mails.compose(
                notification.kind().mailKind().orElseThrow(),
                ID_PREFIX + notification.id(),
                recipient,
                MailTexts.notification(
                        notification, ContractSummaries.find(connection, notification), mails.publicUrl()));
        boolean isNew = MailTable.add(connection, mail, recipient.accountId(), now);
        DeliveryTable.finish(
                connection,
                delivery,
                Optional.of(mail.id()),
                isNew ? TraceReason.QUEUED : TraceReason.ALREADY_QUEUED,
                now);
        if (!isNew) MailResults.traceKnown(connection, mail.id(), notification.id());
    }
}
