package io.guildhall.projections.store;

import io.guildhall.port.WebhookSender.Failure;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveryRow.Status;
import io.guildhall.projections.store.WebhookClaims.Claim;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;

/**
 * The queue of webhook deliveries. A node delivers what it has claimed; a claim that ends without a result can be claimed
 * again by any node. One node claims at a time, so that no account has more deliveries in progress than the limit.
 * Blocks.
 */
public final class WebhookQueue {
    /** Further ones of the account are dropped. */
    public static final int MAX_WAITING_PER_ACCOUNT = 1_000;

    /** While this many wait, further ones of kinds that strangers can cause are dropped. The rest is for all others. */
    public static final int MAX_WAITING_OF_STRANGERS = MAX_WAITING_PER_ACCOUNT / 2;

    /** Only webhooks that received events when the event was written. The limit counts no more rows than it must. */
    private static final String ADD_EVENT = """
            INSERT INTO webhook_delivery (webhook_id, id, account_id, kind, body, status, created_at, queued_at, due_at, finished_at)
            SELECT w.id, new.id, w.account_id, new.kind, new.body, CASE WHEN is_full THEN 'DROPPED' ELSE 'WAITING' END,
                   new.at, new.now, new.now, CASE WHEN is_full THEN new.now END
              FROM (VALUES (?, ?, ?, ?, ?::timestamptz, ?::timestamptz)) AS new (account_id, id, kind, body, at, now)
              JOIN webhook w ON w.account_id = new.account_id AND w.is_active AND w.since <= new.at AND new.kind = ANY(w.kinds)
             CROSS JOIN LATERAL (
                   SELECT count(*) >= ? AS is_full
                     FROM (SELECT FROM webhook_delivery
                            WHERE account_id = new.account_id AND status = 'WAITING' LIMIT ?) AS waiting) AS queue
            ON CONFLICT DO NOTHING
            """;

    private static final String ADD_TEST = """
            INSERT INTO webhook_delivery (webhook_id, id, account_id, kind, body, created_at, queued_at, due_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    /** A delivery that still waits is made due. */
    private static final String ADD_AGAIN = """
            UPDATE webhook_delivery
               SET status = 'WAITING', queued_at = ?, due_at = ?, finished_at = NULL, attempts = 0, requested_by = ?
             WHERE webhook_id = ? AND id = ? AND account_id = ? AND requested_by < ?
            """;

    private static final String REMOVE = "DELETE FROM webhook_delivery WHERE webhook_id = ?";

    private static final String WHERE_CLAIMED =
            " WHERE webhook_id = ? AND id = ? AND status = 'WAITING' AND claimed_until = ?";

    /** A delivery that was requested again in the meantime stays in the queue. */
    private static final String FINISH = """
            UPDATE webhook_delivery
               SET status = CASE WHEN queued_at = ? THEN ? ELSE status END,
                   finished_at = CASE WHEN queued_at = ? THEN ?::timestamptz END,
                   response_status = ?, failure = ?, excerpt = ?, claimed_until = NULL
            """ + WHERE_CLAIMED;

    private static final String RETRY =
            "UPDATE webhook_delivery SET due_at = ?, response_status = ?, failure = ?, excerpt = ?, claimed_until = NULL"
                    + WHERE_CLAIMED;

    private static final String POSTPONE = """
            UPDATE webhook_delivery SET due_at = greatest(due_at, ?)
             WHERE webhook_id = ? AND account_id = ? AND status = 'WAITING' AND claimed_until IS NULL
            """;

    private static final String RELEASE =
            "UPDATE webhook_delivery SET attempts = attempts - 1, claimed_until = NULL" + WHERE_CLAIMED;

    private static final String HOLD = """
            UPDATE webhook_delivery SET due_at = greatest(due_at, ?)
             WHERE account_id = ? AND status = 'WAITING' AND claimed_until IS NULL
            """;

    private static final String HAS_DELIVERED =
            "SELECT FROM webhook_delivery WHERE webhook_id = ? AND status = 'DELIVERED' AND finished_at > ? LIMIT 1";

    private static final String BACKLOG =
            "SELECT count(*) AS waiting, min(due_at) AS oldest FROM webhook_delivery WHERE status = 'WAITING' AND due_at <= ?";

    private static final String DELETE_OLD = """
            DELETE FROM webhook_delivery WHERE (webhook_id, id) IN (
                   SELECT webhook_id, id FROM webhook_delivery WHERE finished_at < ? ORDER BY finished_at LIMIT ? FOR UPDATE SKIP LOCKED)
            """;

    private static final String DELETE_OLD_TURNS = """
            DELETE FROM webhook_turn WHERE account_id IN (
                   SELECT account_id FROM webhook_turn WHERE served_at < ? ORDER BY served_at LIMIT ? FOR UPDATE SKIP LOCKED)
            """;

    private static final String DROPPED = """
            SELECT account_id, webhook_id, max(finished_at) AS last_at FROM webhook_delivery
             WHERE finished_at >= ? AND status = 'DROPPED' GROUP BY account_id, webhook_id ORDER BY last_at LIMIT ?
            """;

    private final DataSource database;

    public WebhookQueue(DataSource database) {
        this.database = database;
    }

    /**
     * A message to send.
     *
     * @param id unique among the deliveries of a webhook
     * @param at when its event was written
     */
    public record Message(String id, String kind, byte[] body, Instant at) {
        String json() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Omits the body. */
        @Override
        public String toString() {
            return id;
        }
    }

    /** The response to an attempt, or why there is none. */
    public record AttemptResult(OptionalInt status, Optional<Failure> failure, String excerpt) {
        public static AttemptResult response(int status, String excerpt) {
            return new AttemptResult(OptionalInt.of(status), Optional.empty(), excerpt);
        }

        public static AttemptResult none() {
            return new AttemptResult(OptionalInt.empty(), Optional.empty(), "");
        }

        public static AttemptResult failed(Failure failure) {
            return new AttemptResult(OptionalInt.empty(), Optional.of(failure), "");
        }
    }

    /** @param oldest the time at which the oldest waiting delivery was due */
    public record Backlog(long waiting, Optional<Instant> oldest) {}

    /**
     * Adds a message for each webhook of an account that receives its kind. A known message is not added again.
     *
     * @param isCausedByStrangers whether accounts that the recipient does not know can cause messages of this kind
     * @return the number of deliveries
     */
    public int addEvent(String accountId, Message message, boolean isCausedByStrangers, Instant now)
            throws SQLException {
        try (var connection = database.getConnection()) {
            return addEvent(connection, accountId, message, isCausedByStrangers, now);
        }
    }

    /** As {@link #addEvent(String, Message, boolean, Instant)}, in the transaction of a connection. */
    public static int addEvent(
            Connection connection, String accountId, Message message, boolean isCausedByStrangers, Instant now)
            throws SQLException {
        int max = isCausedByStrangers ? MAX_WAITING_OF_STRANGERS : MAX_WAITING_PER_ACCOUNT;
        return Sql.update(
                connection,
                ADD_EVENT,
                accountId,
                message.id(),
                message.kind(),
                message.json(),
                message.at(),
                now,
                max,
                max);
    }

    public void addTest(String accountId, String webhookId, Message message, Instant now) throws SQLException {
        update(ADD_TEST, webhookId, message.id(), accountId, message.kind(), message.json(), message.at(), now, now);
    }

    /** @param sequence of the event by which the owner requests it */
    public void addAgain(String accountId, String webhookId, String deliveryId, long sequence, Instant now)
            throws SQLException {
        update(ADD_AGAIN, now, now, sequence, webhookId, deliveryId, accountId, sequence);
    }

    /** Removes all deliveries of a webhook. */
    public void remove(String webhookId) throws SQLException {
        update(REMOVE, webhookId);
    }

    /**
     * Claims deliveries that are due, in turns of their accounts. Returns none while another node claims.
     *
     * @param max how many, and how many of them can be of accounts whose receivers are slow
     * @param maxPerAccount how many deliveries of one account can be in progress in the cluster
     */
    public List<Claim> claimDue(WebhookClaims.Max max, int maxPerAccount, Instant now, Duration length)
            throws SQLException {
        try (var connection = database.getConnection()) {
            return ReadDatabase.inTransaction(
                    connection, it -> WebhookClaims.claimDue(it, max, maxPerAccount, now, now.plus(length)));
        }
    }

    /** Saves whether the receiver of an account was quick, if this changes what was known. */
    public void savePace(Claim claim, boolean isQuick, Instant now) throws SQLException {
        if (isQuick && claim.pace() != WebhookClaims.Pace.UNKNOWN) return;
        try (var connection = database.getConnection()) {
            WebhookClaims.savePace(connection, claim.accountId(), isQuick, now);
        }
    }

    /** Ends a claim without an attempt, and postpones all other deliveries of the account that are not in progress. */
    public void hold(Claim claim, Instant until) throws SQLException {
        update(RELEASE, claim.webhookId(), claim.message().id(), claim.until());
        update(HOLD, until, claim.accountId());
    }

    /** Removes what is known about accounts without deliveries since this time. Returns their number, at most max. */
    public int deleteTurnsBefore(Instant time, int max) throws SQLException {
        return update(DELETE_OLD_TURNS, time, max);
    }

    /** Ends a delivery. Does nothing if the claim has expired and there is another. */
    public void finish(Claim claim, Status status, AttemptResult result, Instant now) throws SQLException {
        update(
                FINISH,
                claim.queuedAt(),
                status,
                claim.queuedAt(),
                now,
                responseStatus(result),
                result.failure(),
                result.excerpt(),
                claim.webhookId(),
                claim.message().id(),
                claim.until());
    }

    /**
     * Ends a claim without a result, and postpones the other deliveries of the webhook, so that they do not take turns of
     * other accounts.
     *
     * @param others when the other deliveries are due at the earliest
     */
    public void retry(Claim claim, AttemptResult result, Instant due, Instant others) throws SQLException {
        update(
                RETRY,
                due,
                responseStatus(result),
                result.failure(),
                result.excerpt(),
                claim.webhookId(),
                claim.message().id(),
                claim.until());
        update(POSTPONE, others, claim.webhookId(), claim.accountId());
    }

    private static Optional<Integer> responseStatus(AttemptResult result) {
        return result.status().isPresent() ? Optional.of(result.status().getAsInt()) : Optional.empty();
    }

    /** Whether a delivery of the webhook has succeeded after this time. */
    public boolean hasDeliveredAfter(String webhookId, Instant time) throws SQLException {
        try (var connection = database.getConnection()) {
            return !Sql.list(connection, HAS_DELIVERED, _ -> true, webhookId, time)
                    .isEmpty();
        }
    }

    /** Returns what is due and has not been delivered. */
    public Backlog backlog(Instant now) throws SQLException {
        try (var connection = database.getConnection()) {
            return Sql.list(
                            connection,
                            BACKLOG,
                            row -> new Backlog(row.getLong("waiting"), Sql.instant(row, "oldest")),
                            now)
                    .getFirst();
        }
    }

    /** The deliveries of a webhook that were dropped. */
    public record Drops(String accountId, String webhookId, Instant lastAt) {}

    /** Returns the webhooks with deliveries that were dropped at or after this time, the longest ago first. */
    public List<Drops> droppedSince(Instant time, int max) throws SQLException {
        try (var connection = database.getConnection()) {
            return Sql.list(
                    connection,
                    DROPPED,
                    row -> new Drops(
                            row.getString("account_id"),
                            row.getString("webhook_id"),
                            Sql.instant(row, "last_at").orElseThrow()),
                    time,
                    max);
        }
    }

    /** Removes deliveries that have ended before this time. Returns their number, at most max. */
    public int deleteFinishedBefore(Instant time, int max) throws SQLException {
        return update(DELETE_OLD, time, max);
    }

    private int update(String sql, Object... values) throws SQLException {
        try (var connection = database.getConnection()) {
            return Sql.update(connection, sql, values);
        }
    }
}
