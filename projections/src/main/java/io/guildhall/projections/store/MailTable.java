package io.guildhall.projections.store;

import io.guildhall.domain.email.Email;
import io.guildhall.port.MailKind;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.projections.store.MailResults.Status;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The queue of e-mails. A node delivers a mail that it has claimed; a claim that ends without a result can be claimed
 * again by any node. One node claims at a time, so that no address gets more mails than the limits allow. Mails are claimed
 * in the order of the priority of their kind, and mails of the same priority by their turn. The turns of one address or
 * account follow each other with an interval, so that many mails of one do not delay those of others. Blocks.
 */
public final class MailTable {
    private static final long CLAIM_LOCK = 0x6d61696cL;

    private static final String ADD = """
            WITH waiting AS (
                 SELECT * FROM mail_queue WHERE status = 'WAITING' AND priority = ?)
            INSERT INTO mail_queue (id, mail_key, kind, account_id, address_id, recipient, subject, body, html, unsubscribe,
                                    queued_at, due_at, priority, turn_at)
            SELECT new.*, greatest(
                       new.due_at,
                       (SELECT max(turn_at) FROM waiting WHERE address_id = new.address_id) + INTERVAL '1 second',
                       (SELECT max(turn_at) FROM waiting WHERE account_id = new.account_id) + INTERVAL '1 second')
              FROM (VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text, ?::timestamptz, ?::timestamptz, ?::smallint))
                   AS new (id, mail_key, kind, account_id, address_id, recipient, subject, body, html, unsubscribe,
                           queued_at, due_at, priority)
            ON CONFLICT DO NOTHING
            """;

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(?) AS locked";

    private static final String DUE = """
            SELECT * FROM mail_queue
             WHERE status = 'WAITING' AND due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
             ORDER BY priority, turn_at LIMIT ? FOR UPDATE SKIP LOCKED
            """;

    /** Mails that are being delivered count as sent. Mails of a lower priority do not count. */
    private static final String COUNT = """
            SELECT count(*) FILTER (WHERE at > ?) AS last_hour, count(*) AS last_day
              FROM (SELECT finished_at AS at, priority FROM mail_queue
                     WHERE address_id = ? AND status = 'SENT' AND finished_at > ?
                    UNION ALL
                    SELECT claimed_until, priority FROM mail_queue
                     WHERE address_id = ? AND status = 'WAITING' AND claimed_until > ?)
             WHERE priority <= ?
            """;

    private static final String CLAIM = "UPDATE mail_queue SET claimed_until = ?, attempts = attempts + 1 WHERE id = ?";

    private static final String POSTPONE = """
            UPDATE mail_queue SET due_at = greatest(due_at, ?), turn_at = greatest(turn_at, ?), reason = ?
             WHERE address_id = ? AND status = 'WAITING' AND kind = ?
            """;

    private static final String LOCK_UNSENT = """
            SELECT FROM mail_queue
             WHERE id = ? AND status = 'WAITING' AND (claimed_until IS NULL OR claimed_until <= ?) FOR UPDATE
            """;

    private static final String REPLACE = "UPDATE mail_queue SET subject = ?, body = ?, html = ? WHERE id = ?";

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final DataSource database;

    public MailTable(DataSource database) {
        this.database = database;
    }

    /** Whose mail it is. */
    public record Owner(String accountId, String addressId) {}

    /**
     * A mail that this node delivers, until the claim ends.
     *
     * @param attempt the number of this attempt, from 1
     */
    public record Claim(Mail mail, Owner owner, int attempt, Instant queuedAt, Instant until) {
        /** The mail's id only: its content and address are not logged. */
        @Override
        public String toString() {
            return mail.id();
        }
    }

    /**
     * Decides whether an address gets another mail of this kind, from the numbers of its mails of the same or a higher
     * priority in the last hour and day.
     */
    public interface Limit {
        enum Verdict {
            ALLOWED,
            WAITS,
            DROPPED
        }

        Verdict check(String kind, int lastHour, int lastDay);
    }

    public void add(Mail mail, String accountId, Instant now) throws SQLException {
        try (var connection = database.getConnection()) {
            var _ = add(connection, mail, accountId, now);
        }
    }

    /**
     * Adds a mail in the caller's transaction, unless there is one with its id.
     *
     * @return whether it was added
     */
    public static boolean add(Connection connection, Mail mail, String accountId, Instant now) throws SQLException {
        int priority = priority(mail.kind());
        return Sql.update(
                        connection,
                        ADD,
                        priority,
                        mail.id(),
                        mail.key(),
                        mail.kind(),
                        accountId,
                        Email.id(mail.to()),
                        mail.to(),
                        mail.subject(),
                        mail.text(),
                        mail.html(),
                        mail.unsubscribe().map(URI::toString),
                        now,
                        now,
                        priority)
                == 1;
    }

    private static int priority(String kind) {
        return MailKind.fromKey(kind).map(MailKind::priority).orElse(MailKind.LOWEST_PRIORITY);
    }

    /** Locks a mail that waits, and that no node delivers at the moment. Returns whether there is such a mail. */
    public static boolean lockUnsent(Connection connection, String mailId, Instant now) throws SQLException {
        return !Sql.list(connection, LOCK_UNSENT, _ -> true, mailId, now).isEmpty();
    }

    /** Replaces the content of a mail that the caller has locked. */
    public static void replace(Connection connection, Mail mail) throws SQLException {
        Sql.update(connection, REPLACE, mail.subject(), mail.text(), mail.html(), mail.id());
    }

    /** Claims mails that are due. Returns none while another node claims mails. */
    public List<Claim> claimDue(int max, Limit limit, Instant now, Duration length) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var claims = claimDue(connection, max, limit, now, now.plus(length));
                connection.commit();
                return claims;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static List<Claim> claimDue(Connection connection, int max, Limit limit, Instant now, Instant until)
            throws SQLException {
        boolean isLocked = Sql.list(connection, TRY_LOCK, row -> row.getBoolean("locked"), CLAIM_LOCK)
                .getFirst();
        if (!isLocked) return List.of();
        var claims = new ArrayList<Claim>();
        for (var due : Sql.list(connection, DUE, row -> claim(row, until), now, now, max)) {
            switch (verdict(connection, due, limit, now)) {
                case ALLOWED -> {
                    Sql.update(connection, CLAIM, until, due.mail().id());
                    claims.add(due);
                }
                // Defers all mails of this kind to this address, so that they do not delay mails to other addresses.
                case WAITS -> postpone(connection, due, now);
                case DROPPED -> MailResults.finish(connection, due, Status.OVER_LIMIT, "", now);
            }
        }
        return claims;
    }

    private static void postpone(Connection connection, Claim due, Instant now) throws SQLException {
        var until = now.plus(HOUR.dividedBy(4));
        Sql.update(
                connection,
                POSTPONE,
                until,
                until,
                "over the limit of the address",
                due.owner().addressId(),
                due.mail().kind());
        MailResults.traceLimit(connection, due, now);
    }

    private static Limit.Verdict verdict(Connection connection, Claim due, Limit limit, Instant now)
            throws SQLException {
        var address = due.owner().addressId();
        return Sql.list(
                        connection,
                        COUNT,
                        row -> limit.check(due.mail().kind(), row.getInt("last_hour"), row.getInt("last_day")),
                        now.minus(HOUR),
                        address,
                        now.minus(DAY),
                        address,
                        now,
                        priority(due.mail().kind()))
                .getFirst();
    }

    private static Claim claim(ResultSet row, Instant until) throws SQLException {
        return new Claim(
                new Mail(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("html"),
                        Sql.text(row, "unsubscribe").map(URI::create)),
                new Owner(row.getString("account_id"), row.getString("address_id")),
                row.getInt("attempts") + 1,
                Sql.instant(row, "queued_at").orElseThrow(),
                until);
    }
}
