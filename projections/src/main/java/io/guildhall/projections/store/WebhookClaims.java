package io.guildhall.projections.store;

import io.guildhall.projections.store.WebhookQueue.Message;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The claims of webhook deliveries. Accounts take turns: the ones with the fewest deliveries in progress are served first,
 * and of these the ones that were served least recently. Accounts whose receivers are slow, or have not yet responded,
 * share a part of the deliveries that a node makes at the same time.
 */
public final class WebhookClaims {
    /** How long an account counts as slow after a slow response. */
    private static final Duration SLOW_PERIOD = Duration.ofMinutes(10);

    private static final long CLAIM_LOCK = 0x776562686fL;

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(?) AS locked";

    private static final String CLAIM = """
            WITH account AS (
                 SELECT d.account_id, count(*) FILTER (WHERE d.claimed_until > ?) AS in_progress
                   FROM webhook_delivery d WHERE d.status = 'WAITING' AND d.due_at <= ? GROUP BY d.account_id),
            candidate AS MATERIALIZED (
                 SELECT d.webhook_id, d.id, d.account_id, d.due_at, turn.quick_from, coalesce(turn.quick_from > ?, true) AS is_slow,
                        account.in_progress + row_number() OVER of_account AS rank,
                        CASE WHEN row_number() OVER of_account = 1 THEN turn.served_at ELSE ? END AS served_at
                   FROM account
                   LEFT JOIN webhook_turn turn ON turn.account_id = account.account_id
                  CROSS JOIN LATERAL (
                        SELECT * FROM webhook_delivery
                         WHERE account_id = account.account_id AND status = 'WAITING' AND due_at <= ?
                           AND (claimed_until IS NULL OR claimed_until <= ?)
                         ORDER BY due_at LIMIT greatest(0, ? - account.in_progress) FOR UPDATE SKIP LOCKED) AS d
                 WINDOW of_account AS (PARTITION BY d.account_id ORDER BY d.due_at)),
            due AS (
                 SELECT * FROM (
                        SELECT *, row_number() OVER (PARTITION BY is_slow ORDER BY rank, served_at NULLS FIRST, due_at) AS number
                          FROM candidate) AS numbered
                  WHERE NOT is_slow OR number <= ?
                  ORDER BY rank, served_at NULLS FIRST, due_at LIMIT ?),
            served AS (
                 INSERT INTO webhook_turn (account_id, served_at) SELECT DISTINCT account_id, ?::timestamptz FROM due
                 ON CONFLICT (account_id) DO UPDATE SET served_at = excluded.served_at)
            UPDATE webhook_delivery claimed SET claimed_until = ?, attempts = attempts + 1
              FROM due WHERE claimed.webhook_id = due.webhook_id AND claimed.id = due.id
            RETURNING claimed.*, due.is_slow, due.quick_from
            """;

    private static final String SAVE_QUICK =
            "UPDATE webhook_turn SET quick_from = coalesce(quick_from, ?) WHERE account_id = ?";

    private static final String SAVE_SLOW = "UPDATE webhook_turn SET quick_from = ? WHERE account_id = ?";

    private WebhookClaims() {}

    /** @param slow how many can be of accounts that are not {@link Pace#QUICK} */
    public record Max(int all, int slow) {}

    /** How fast the receivers of an account have responded. */
    public enum Pace {
        /** No response yet. */
        UNKNOWN,
        SLOW,
        QUICK
    }

    /**
     * A delivery that a node attempts, until the claim ends.
     *
     * @param attempt the number of this attempt since it was queued for the first or another time, from 1
     * @param pace of its account, before this attempt
     */
    public record Claim(
            String webhookId,
            String accountId,
            Message message,
            int attempt,
            Pace pace,
            Instant queuedAt,
            Instant until) {
        @Override
        public String toString() {
            return webhookId + "/" + message.id();
        }
    }

    /** One node claims at a time, so that no account has more deliveries in progress than the maximum. */
    static List<Claim> claimDue(Connection connection, Max max, int maxPerAccount, Instant now, Instant until)
            throws SQLException {
        boolean isLocked = Sql.list(connection, TRY_LOCK, row -> row.getBoolean("locked"), CLAIM_LOCK)
                .getFirst();
        if (!isLocked) return List.of();
        return Sql.list(
                connection,
                CLAIM,
                row -> claim(row, until),
                now,
                now,
                now,
                now,
                now,
                now,
                maxPerAccount,
                max.slow(),
                max.all(),
                now,
                until);
    }

    private static Claim claim(ResultSet row, Instant until) throws SQLException {
        return new Claim(
                row.getString("webhook_id"),
                row.getString("account_id"),
                new Message(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("body").getBytes(StandardCharsets.UTF_8),
                        Sql.instant(row, "created_at").orElseThrow()),
                row.getInt("attempts"),
                pace(row),
                Sql.instant(row, "queued_at").orElseThrow(),
                until);
    }

    private static Pace pace(ResultSet row) throws SQLException {
        if (Sql.instant(row, "quick_from").isEmpty()) return Pace.UNKNOWN;
        return row.getBoolean("is_slow") ? Pace.SLOW : Pace.QUICK;
    }

    static void savePace(Connection connection, String accountId, boolean isQuick, Instant now) throws SQLException {
        if (isQuick) Sql.update(connection, SAVE_QUICK, now, accountId);
        else Sql.update(connection, SAVE_SLOW, now.plus(SLOW_PERIOD), accountId);
    }
}
