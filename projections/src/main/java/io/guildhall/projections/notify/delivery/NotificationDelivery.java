package io.guildhall.projections.notify.delivery;

import static io.guildhall.projections.readmodel.notification.NotificationChannel.EMAIL;
import static io.guildhall.projections.readmodel.notification.NotificationChannel.IN_APP;

import io.guildhall.background.BackgroundLoop;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.domain.preference.Frequency;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.mail.ContractSummary;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.readmodel.notification.NotificationChannel;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers notifications that have waited: shows them in the list, or adds e-mails to the queue. Every step is one
 * transaction that also ends the wait, so that a step that was interrupted is repeated and one that has ended is not. Runs
 * on several nodes; one of them at a time handles an account.
 */
public final class NotificationDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationDelivery.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration FAILURE_PAUSE = Duration.ofMinutes(1);
    private static final int MAX_ACCOUNTS = 50;

    /** How many decisions are made at the same time. */
    public static final int DECISION_CONCURRENCY = 2;

    /** The maximum number of connections at the same time. */
    public static final int CONNECTIONS = DECISION_CONCURRENCY + 1;

    private static final String DUE_ACCOUNTS = """
            SELECT account_id, channel FROM notification_delivery
             WHERE due_at <= ? GROUP BY account_id, channel ORDER BY min(due_at) LIMIT ?
            """;

    private static final String POSTPONE = """
            UPDATE notification_delivery SET due_at = ?, attempts = attempts + 1
             WHERE account_id = ? AND channel = ? AND due_at <= ?
            """;

    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_xact_lock(hashtextextended('notification-delivery/' || ?, 0)) AS locked";

    private final ReadDatabase database;
    private final EmailDelivery emails;
    private final MessageNotifications messages;
    private final InstantSource clock;
    private final BackgroundLoops loops;
    private final Consumer<Set<LiveSignal>> signals;
    private volatile @Nullable BackgroundLoop loop;

    /**
     * @param database with {@link #DECISION_CONCURRENCY} permits
     * @param signals is called after a commit, with the signals of its changes
     */
    public NotificationDelivery(
            ReadDatabase database,
            EmailDelivery emails,
            MessageNotifications messages,
            InstantSource clock,
            BackgroundLoops loops,
            Consumer<Set<LiveSignal>> signals) {
        this.database = database;
        this.emails = emails;
        this.messages = messages;
        this.clock = clock;
        this.loops = loops;
        this.signals = signals;
    }

    /** Starts delivering on this node. */
    public void start() {
        loop = loops.start("notification-delivery", this::deliverDue);
    }

    /** Decides whether and when a notification is sent by e-mail. A repeated call changes nothing. */
    public CompletionStage<Void> decideEmail(Notification notification, Cause cause) {
        return database.runInTransaction(
                        connection -> Decisions.email(connection, notification, cause, clock.instant()))
                .thenAccept(_ -> wake());
    }

    /** The contract that a notification is about, for an e-mail that another process sends. */
    public CompletionStage<Optional<ContractSummary>> contract(Notification notification) {
        return database.query(connection -> ContractSummaries.find(connection, notification));
    }

    private void wake() {
        var running = loop;
        if (running != null) running.wake();
    }

    private record Due(String accountId, NotificationChannel channel) {}

    /** Delivers what is due, and returns how long to wait until the next run. */
    Duration deliverDue() throws Exception {
        Instant now = clock.instant();
        boolean hasMoreMessages = messages.decideDue(database, now, signals);
        var due = database.queryBlocking(connection -> Sql.list(
                connection,
                DUE_ACCOUNTS,
                row -> new Due(row.getString("account_id"), NotificationChannel.valueOf(row.getString("channel"))),
                now,
                MAX_ACCOUNTS));
        boolean hasMore = hasMoreMessages || due.size() == MAX_ACCOUNTS;
        for (var it : due) if (deliverOrPostpone(it, now)) hasMore = true;
        return hasMore ? Duration.ZERO : POLL_INTERVAL;
    }

    /** A failure delays only this account. Without the database, the loop fails and is restarted. */
    private boolean deliverOrPostpone(Due due, Instant now) throws SQLException {
        try {
            return deliver(due, now);
        } catch (Exception e) {
            LOG.warn("Notifications of account {} could not be delivered; trying again later", due.accountId(), e);
            database.queryBlocking(connection ->
                    Sql.update(connection, POSTPONE, now.plus(FAILURE_PAUSE), due.accountId(), due.channel(), now));
            return false;
        }
    }

    /** Returns whether there can be more for this account. */
    private boolean deliver(Due due, Instant now) throws Exception {
        // Before the transaction: it must not wait for another connection.
        var address = due.channel() == EMAIL ? emails.address(due.accountId()) : Optional.<String>empty();
        int delivered = database.queryBlocking(
                connection -> ReadDatabase.inTransaction(connection, it -> deliver(it, due, address, now)));
        if (delivered > 0 && due.channel() == IN_APP)
            signals.accept(Set.of(
                    new LiveSignal(LiveSignal.Kind.ME, due.accountId()),
                    new LiveSignal(LiveSignal.Kind.COUNTERS, due.accountId())));
        return delivered == EmailDelivery.MAX_PER_TRANSACTION;
    }

    /** Returns the number of deliveries that were handled. */
    private int deliver(Connection connection, Due due, Optional<String> address, Instant now) throws SQLException {
        boolean isLocked = Sql.list(connection, TRY_LOCK, row -> row.getBoolean("locked"), due.accountId())
                .getFirst();
        if (!isLocked) return 0;
        return due.channel() == IN_APP
                ? show(connection, due.accountId(), now)
                : emails.deliver(connection, due.accountId(), address, now);
    }

    private static int show(Connection connection, String accountId, Instant now) throws SQLException {
        var due = DeliveryTable.lockDue(
                connection, accountId, IN_APP, EnumSet.allOf(Frequency.class), now, EmailDelivery.MAX_PER_TRANSACTION);
        for (var it : due) DeliveryTable.show(connection, it, now);
        Announcements.add(connection, due, now);
        return due.size();
    }

    /** Starts no more deliveries. One that was interrupted is repeated. */
    @Override
    public void close() {
        var running = loop;
        if (running != null) running.close();
    }
}
