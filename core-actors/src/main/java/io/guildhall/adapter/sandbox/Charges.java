package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.Entry.Manner;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Answer;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.Purpose;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Payment intents: what a card is charged, and when. */
final class Charges {
    private static final String COLUMNS =
            "id, idempotency_key, subject, attempt, amount, currency, payment_method, status, error_code, client_secret";

    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Deliveries deliveries;
    private final String node;
    private final Duration lateness;

    Charges(InstantSource clock, RandomGenerator chance, Deliveries deliveries, SandboxSettings settings) {
        this.clock = clock;
        this.chance = chance;
        this.deliveries = deliveries;
        this.node = settings.node();
        this.lateness = settings.lateness();
    }

    Entry write(Connection connection, Charge asked) throws SQLException {
        var purpose = asked.purpose();
        var amount = asked.amount();
        var course = Course.of(asked.paymentMethod());
        var id = Ids.mint("pi", clock.instant(), chance);
        int written = Sql.update(
                connection,
                """
                INSERT INTO sandbox.payment_intent (id, idempotency_key, fingerprint, subject, attempt, amount, currency,
                       payment_method, status, error_code, client_secret, asked_by, settles_at, settled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        CASE WHEN ?::text = 'processing' THEN clock_timestamp() + ? * interval '1 ms' END,
                        CASE WHEN ?::text IN ('succeeded', 'failed') THEN clock_timestamp() END)
                ON CONFLICT (idempotency_key) DO NOTHING
                """,
                id,
                purpose.key(),
                Entry.fingerprint(asked),
                purpose.escrow(),
                purpose.attempt(),
                amount.amount(),
                amount.currency(),
                asked.paymentMethod(),
                course.status,
                course.code,
                id + "_secret_" + Long.toHexString(chance.nextLong()),
                node,
                course.status,
                lateness.toMillis(),
                course.status);
        if (written == 0) return before(connection, asked);
        if (course == Course.SUCCEEDS || course == Course.LOST) receive(connection, id, amount);
        var entry = byId(connection, id, course.manner, true).orElseThrow();
        deliveries.tell(connection, Wire.charge(entry));
        return entry;
    }

    private Entry before(Connection connection, Charge asked) throws SQLException {
        var then = Sql.one(
                        connection,
                        "SELECT fingerprint FROM sandbox.payment_intent WHERE idempotency_key = ?",
                        row -> row.getString(1),
                        asked.purpose().key())
                .orElseThrow();
        Entry.sameRequest(asked.purpose().key(), then, Entry.fingerprint(asked));
        return find(connection, asked.purpose().key()).orElseThrow();
    }

    Optional<Entry> find(Connection connection, String key) throws SQLException {
        return Sql.one(
                connection,
                "SELECT " + COLUMNS + " FROM sandbox.payment_intent WHERE idempotency_key = ?",
                row -> entry(row, Manner.PROMPT, false),
                key);
    }

    /** Those whose time has come: the money is there. */
    void settleDue(Connection connection) throws SQLException {
        List<Entry> due = Sql.list(connection, """
                UPDATE sandbox.payment_intent SET status = 'succeeded', settled_at = clock_timestamp()
                WHERE id IN (SELECT id FROM sandbox.payment_intent
                             WHERE status = 'processing' AND settles_at <= clock_timestamp() FOR UPDATE SKIP LOCKED)
                RETURNING\s""" + COLUMNS, row -> entry(row, Manner.PROMPT, false));
        for (var entry : due) {
            receive(connection, entry.id(), entry.amount());
            deliveries.tell(connection, Wire.charge(entry));
        }
    }

    /** Whether the payer's browser knew the secret and the charge still waited for it. */
    boolean confirm(Connection connection, String id, String clientSecret) throws SQLException {
        return resolve(connection, id, """
                UPDATE sandbox.payment_intent SET status = 'succeeded', settled_at = clock_timestamp()
                WHERE id = ? AND client_secret = ? AND status = 'requires_action'
                """, id, clientSecret);
    }

    void cancel(Connection connection, String key) throws SQLException {
        var entry = find(connection, key);
        if (entry.isEmpty()) return;
        resolve(connection, entry.get().id(), """
                UPDATE sandbox.payment_intent SET status = 'canceled', error_code = 'canceled', settled_at = clock_timestamp()
                WHERE id = ? AND status = 'requires_action'
                """, entry.get().id());
    }

    private boolean resolve(Connection connection, String id, String update, @Nullable Object... parameters)
            throws SQLException {
        if (Sql.update(connection, update, parameters) == 0) return false;
        var entry = byId(connection, id, Manner.PROMPT, false).orElseThrow();
        if (entry.answer() instanceof Answer.Succeeded) receive(connection, id, entry.amount());
        deliveries.tell(connection, Wire.charge(entry));
        return true;
    }

    private static void receive(Connection connection, String id, Money amount) throws SQLException {
        Movements.move(connection, id, Movements.CARDS, Movements.PLATFORM, amount);
    }

    private static Optional<Entry> byId(Connection connection, String id, Manner manner, boolean fresh)
            throws SQLException {
        return Sql.one(
                connection,
                "SELECT " + COLUMNS + " FROM sandbox.payment_intent WHERE id = ?",
                row -> entry(row, manner, fresh),
                id);
    }

    private static Entry entry(ResultSet row, Manner manner, boolean fresh) throws SQLException {
        return new Entry(
                row.getString("id"),
                new Purpose(row.getString("idempotency_key"), row.getString("subject"), row.getInt("attempt")),
                new Money(row.getLong("amount"), row.getString("currency")),
                answer(row),
                manner,
                fresh);
    }

    private static Answer answer(ResultSet row) throws SQLException {
        var id = row.getString("id");
        return switch (row.getString("status")) {
            case "processing" -> new Answer.Pending(id);
            case "requires_action" -> new Answer.ActionRequired(id, row.getString("client_secret"));
            case "succeeded" -> new Answer.Succeeded(id);
            case "failed", "canceled" -> new Answer.Declined(row.getString("error_code"));
            case String other -> throw new IllegalStateException("the sandbox's books say " + other);
        };
    }

    /** What becomes of a charge, by its test payment method. */
    private enum Course {
        SUCCEEDS("pm_card_visa", "succeeded", null, Manner.PROMPT),
        DECLINED("pm_card_declined", "failed", "card_declined", Manner.PROMPT),
        AUTHENTICATES("pm_card_authenticationRequired", "requires_action", null, Manner.PROMPT),
        LATE("pm_card_late", "processing", null, Manner.LATE),
        LOST("pm_card_lost", "succeeded", null, Manner.LOST),
        NO_SUCH_METHOD("", "failed", "resource_missing", Manner.PROMPT);

        final String method;
        final String status;
        final @Nullable String code;
        final Manner manner;

        Course(String method, String status, @Nullable String code, Manner manner) {
            this.method = method;
            this.status = status;
            this.code = code;
            this.manner = manner;
        }

        static Course of(String method) {
            for (var course : values()) if (course.method.equals(method)) return course;
            return NO_SUCH_METHOD;
        }
    }
}
