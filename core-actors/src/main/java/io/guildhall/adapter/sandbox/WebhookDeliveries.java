package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.SandboxSettings.WebhookFaults;
import io.guildhall.kernel.Backoff;
import io.guildhall.kernel.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Webhooks to send. They are written in the transaction of the change that they report, and each is delivered at least
 * once.
 */
final class WebhookDeliveries {
    private static final Duration CLAIM_DURATION = Duration.ofSeconds(15);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    private static final int MAX_ATTEMPTS = 200;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final WebhookFaults faults;

    WebhookDeliveries(InstantSource clock, RandomGenerator random, WebhookFaults faults) {
        this.clock = clock;
        this.random = random;
        this.faults = faults;
    }

    record Delivery(long id, String eventId, String body, int attempts) {}

    void enqueue(Connection connection, WebhookJson.Message message) throws SQLException {
        var now = clock.instant();
        var eventId = Ids.generate("evt", now, random);
        var body = WebhookJson.envelope(eventId, now, message);
        long number = insert(connection, eventId, message.type(), body, 0);
        if (faults.isDelayed(number)) postpone(connection, number, 400);
        if (faults.isDuplicated(number)) insert(connection, eventId, message.type(), body, 150);
    }

    private static long insert(Connection connection, String eventId, String type, String body, int delayMillis)
            throws SQLException {
        return Sql.one(connection, """
                INSERT INTO sandbox.webhook_delivery (event_id, type, body, due_at)
                VALUES (?, ?, ?, clock_timestamp() + ? * interval '1 ms') RETURNING id
                """, row -> row.getLong(1), eventId, type, body, delayMillis)
                .orElseThrow();
    }

    /** Claims due webhooks for some time. If this node dies, they become due again on another one. */
    static List<Delivery> claim(Connection connection, int limit) throws SQLException {
        return Sql.list(
                connection,
                """
                UPDATE sandbox.webhook_delivery SET attempts = attempts + 1, due_at = clock_timestamp() + ? * interval '1 ms'
                WHERE id IN (SELECT id FROM sandbox.webhook_delivery
                             WHERE delivered_at IS NULL AND due_at <= clock_timestamp() AND attempts < ?
                             ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING id, event_id, body, attempts
                """,
                row -> new Delivery(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4)),
                CLAIM_DURATION.toMillis(),
                MAX_ATTEMPTS,
                limit);
    }

    static void markDelivered(Connection connection, Delivery delivery) throws SQLException {
        Sql.update(
                connection,
                "UPDATE sandbox.webhook_delivery SET delivered_at = clock_timestamp(), last_error = NULL WHERE id = ?",
                delivery.id());
    }

    static void markFailed(Connection connection, Delivery delivery, String error) throws SQLException {
        Sql.update(connection, """
                UPDATE sandbox.webhook_delivery SET last_error = ?, due_at = clock_timestamp() + ? * interval '1 ms' WHERE id = ?
                """, error, BACKOFF.after(delivery.attempts()).toMillis(), delivery.id());
    }

    private static void postpone(Connection connection, long id, int millis) throws SQLException {
        Sql.update(
                connection,
                "UPDATE sandbox.webhook_delivery SET due_at = due_at + ? * interval '1 ms' WHERE id = ?",
                millis,
                id);
    }
}
