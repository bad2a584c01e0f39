package io.guildhall.projections.store;

import io.guildhall.kernel.Characters;
import io.guildhall.projections.readmodel.notification.TraceReason;
import io.guildhall.projections.store.MailTable.Claim;
import io.guildhall.projections.store.MailTable.Owner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The results of the e-mails in the queue. Each is also in the traces of the notifications that the mail contains, whether
 * the notification was decided before the mail was sent or after. Blocks.
 */
public final class MailResults {
    private static final String FINISH = """
            UPDATE mail_queue
               SET status = ?, reason = ?, finished_at = ?, claimed_until = NULL, recipient = NULL, subject = NULL, body = NULL,
                   html = NULL, unsubscribe = NULL
             WHERE id = ? AND status = 'WAITING'
            """;

    private static final String RETRY = """
            UPDATE mail_queue SET due_at = ?, turn_at = greatest(turn_at, ?), reason = ?, claimed_until = NULL
             WHERE id = ? AND claimed_until = ?
            """;

    private static final String HOLD = """
            UPDATE mail_queue SET due_at = ?, turn_at = greatest(turn_at, ?), attempts = attempts - 1, claimed_until = NULL
             WHERE id = ? AND claimed_until = ?
            """;

    private static final String BOUNCE =
            "UPDATE mail_queue SET status = 'BOUNCED', reason = ? WHERE mail_key = ? AND status = 'SENT'";

    /** Adds the result of a mail to the traces of the notifications that it contains. */
    private static final String TRACE = """
            INSERT INTO notification_trace (notification_id, channel, account_id, entity_kind, entity_id, sequence, reason, detail, at)
            SELECT d.notification_id, d.channel, d.account_id, d.entity_kind, d.entity_id, d.sequence, ?, ?, ?
              FROM notification_delivery d JOIN mail_queue q ON q.id = d.mail_id
             WHERE %s
            """;

    private static final String TRACE_OF_MAIL = TRACE.formatted("d.mail_id = ?");

    private static final String TRACE_OF_KEY = TRACE.formatted("q.mail_key = ?");

    private static final String TRACE_OF_NOTIFICATION =
            TRACE.formatted("d.mail_id = ? AND d.notification_id = ? AND d.channel = 'EMAIL'");

    /** The first time only: the limit is checked every few minutes. */
    private static final String TRACE_OF_LIMIT = TRACE.formatted("""
            q.address_id = ? AND q.status = 'WAITING' AND q.kind = ? AND NOT EXISTS (
                   SELECT FROM notification_trace t
                    WHERE t.notification_id = d.notification_id AND t.channel = d.channel AND t.reason = 'OVER_LIMIT')""");

    private static final String FIND = "SELECT account_id, address_id FROM mail_queue WHERE mail_key = ?";

    /**
     * Waits for a transaction that writes the result. One that begins later sees the notification of the transaction that
     * holds this lock.
     */
    private static final String LOCK = """
            SELECT status, reason, attempts, finished_at FROM mail_queue WHERE id = ? FOR SHARE
            """;

    private static final String WAITING = "WAITING";
    private static final int MAX_REASON_LENGTH = 500;

    private final DataSource database;

    public MailResults(DataSource database) {
        this.database = database;
    }

    /** The final result of a mail. The names are stored, so they never change. */
    public enum Status {
        SENT(TraceReason.SENT),
        /** By the mail system, permanently. */
        REFUSED(TraceReason.REFUSED),
        /** Returned by a mail server after it had been sent. */
        BOUNCED(TraceReason.BOUNCED),
        /** Not accepted by the mail system for too long. */
        GIVEN_UP(TraceReason.GIVEN_UP),
        /** The recipient does not want mails of this kind. */
        STOPPED(TraceReason.STOPPED),
        /** The address has refused another mail before. */
        ADDRESS_REFUSES(TraceReason.ADDRESS_REFUSES),
        /** Strangers have caused too many mails to the address. */
        OVER_LIMIT(TraceReason.DROPPED_OVER_LIMIT);

        private final TraceReason reason;

        Status(TraceReason reason) {
            this.reason = reason;
        }
    }

    /** Ends a mail: deletes its address and content, and keeps the result. */
    public void finish(Claim claim, Status status, String reason, Instant now) throws SQLException {
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> finish(it, claim, status, reason, now));
        }
    }

    static void finish(Connection connection, Claim claim, Status status, String reason, Instant now)
            throws SQLException {
        var id = claim.mail().id();
        int finished = Sql.update(connection, FINISH, status, cut(reason), now, id);
        if (finished == 1)
            Sql.update(connection, TRACE_OF_MAIL, status.reason, attempt(claim.attempt(), reason), now, id);
    }

    /** Ends a claim without a result. Does nothing if the claim has expired and there is another. */
    public void retry(Claim claim, String reason, Instant due, Instant now) throws SQLException {
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> {
                var id = claim.mail().id();
                int ended = Sql.update(it, RETRY, due, due, cut(reason), id, claim.until());
                if (ended == 1)
                    Sql.update(it, TRACE_OF_MAIL, TraceReason.DEFERRED, attempt(claim.attempt(), reason), now, id);
            });
        }
    }

    /** Ends a claim without an attempt: the mail waits for the end of the recipient's quiet hours. */
    public void hold(Claim claim, Instant until, Instant now) throws SQLException {
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> {
                var id = claim.mail().id();
                if (Sql.update(it, HOLD, until, until, id, claim.until()) == 1)
                    Sql.update(it, TRACE_OF_MAIL, TraceReason.WAITS_FOR_QUIET_HOURS, TraceReason.until(until), now, id);
            });
        }
    }

    /** Traces that the mails of this kind to the address of a mail wait. */
    static void traceLimit(Connection connection, Claim claim, Instant now) throws SQLException {
        Sql.update(
                connection,
                TRACE_OF_LIMIT,
                TraceReason.OVER_LIMIT,
                "",
                now,
                claim.owner().addressId(),
                claim.mail().kind());
    }

    private record Result(Status status, String reason, int attempts, Instant at) {
        static Optional<Result> read(ResultSet row) throws SQLException {
            if (row.getString("status").equals(WAITING)) return Optional.empty();
            return Optional.of(new Result(
                    Status.valueOf(row.getString("status")),
                    row.getString("reason"),
                    row.getInt("attempts"),
                    Sql.instant(row, "finished_at").orElseThrow()));
        }
    }

    /**
     * Traces the result of a mail for a notification of which it was just stored, in the same transaction, that the mail
     * contains it; nothing if the mail has no result yet.
     */
    public static void traceKnown(Connection connection, String mailId, String notificationId) throws SQLException {
        var known = Sql.list(connection, LOCK, Result::read, mailId).stream()
                .flatMap(Optional::stream)
                .findFirst();
        if (known.isEmpty()) return;
        var it = known.get();
        Sql.update(
                connection,
                TRACE_OF_NOTIFICATION,
                it.status().reason,
                attempt(it.attempts(), it.reason()),
                it.at(),
                mailId,
                notificationId);
    }

    /** Returns the recipient of the mail with this key; empty if there is none. */
    public Optional<Owner> find(String mailKey) throws SQLException {
        try (var connection = database.getConnection()) {
            return Sql.list(
                            connection,
                            FIND,
                            row -> new Owner(row.getString("account_id"), row.getString("address_id")),
                            mailKey)
                    .stream()
                    .findFirst();
        }
    }

    /** Records that a mail that was sent has been returned. */
    public void recordBounce(String mailKey, String reason, Instant now) throws SQLException {
        try (var connection = database.getConnection()) {
            ReadDatabase.runInTransaction(connection, it -> {
                int bounced = Sql.update(it, BOUNCE, cut(reason), mailKey);
                if (bounced == 1) Sql.update(it, TRACE_OF_KEY, TraceReason.BOUNCED, cut(reason), now, mailKey);
            });
        }
    }

    private static String attempt(int attempt, String reason) {
        return cut("Attempt " + attempt + (reason.isEmpty() ? "" : ": " + reason));
    }

    private static String cut(String reason) {
        return Characters.count(reason) <= MAX_REASON_LENGTH
                ? reason
                : reason.substring(0, reason.offsetByCodePoints(0, MAX_REASON_LENGTH));
    }
}
