package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.SandboxSettings.Mischief;
import io.guildhall.kernel.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the provider still has to tell: written with what it tells of, told at least once. */
final class Deliveries {
    private static final Duration CLAIM = Duration.ofSeconds(15);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    private static final int MAX_ATTEMPTS = 200;

    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Mischief mischief;

    Deliveries(InstantSource clock, RandomGenerator chance, Mischief mischief) {
        this.clock = clock;
        this.chance = chance;
        this.mischief = mischief;
    }

    record Delivery(long id, String eventId, String body, int attempts) {}

    void tell(Connection connection, Wire.Message message) throws SQLException {
        var now = clock.instant();
        var eventId = Ids.mint("evt", now, chance);
        var body = Wire.envelope(eventId, now, message);
        long number = insert(connection, eventId, message.type(), body, 0);
        if (mischief.late(number)) postpone(connection, number, 400);
        if (mischief.twice(number)) insert(connection, eventId, message.type(), body, 150);
    }

    private static long insert(Connection connection, String eventId, String type, String body, int pauseMillis)
            throws SQLException {
        return Sql.one(connection, """
                INSERT INTO sandbox.webhook_delivery (event_id, type, body, due_at)
                VALUES (?, ?, ?, clock_timestamp() + ? * interval '1 ms') RETURNING id
                """, row -> row.getLong(1), eventId, type, body, pauseMillis)
                .orElseThrow();
    }

    /** Takes what is due for a while: if this node dies on it, another one finds it due again. */
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
                CLAIM.toMillis(),
                MAX_ATTEMPTS,
                limit);
    }

    static void delivered(Connection connection, Delivery delivery) throws SQLException {
        Sql.update(
                connection,
                "UPDATE sandbox.webhook_delivery SET delivered_at = clock_timestamp(), last_error = NULL WHERE id = ?",
                delivery.id());
    }

    static void failed(Connection connection, Delivery delivery, String why) throws SQLException {
        long pause = Math.min(MAX_PAUSE.toMillis(), 100L << Math.min(delivery.attempts(), 16));
        Sql.update(connection, """
                UPDATE sandbox.webhook_delivery SET last_error = ?, due_at = clock_timestamp() + ? * interval '1 ms' WHERE id = ?
                """, why, pause, delivery.id());
    }

    private static void postpone(Connection connection, long id, int millis) throws SQLException {
        Sql.update(
                connection,
                "UPDATE sandbox.webhook_delivery SET due_at = due_at + ? * interval '1 ms' WHERE id = ?",
                millis,
                id);
    }
}
