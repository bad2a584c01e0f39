package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.Entry.Manner;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Answer;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Purpose;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Refunds: out of a charge, back to its card, never more than is left of it. */
final class Refunds {
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Deliveries deliveries;
    private final String node;

    Refunds(InstantSource clock, RandomGenerator chance, Deliveries deliveries, SandboxSettings settings) {
        this.clock = clock;
        this.chance = chance;
        this.deliveries = deliveries;
        this.node = settings.node();
    }

    Entry write(Connection connection, Refund asked) throws SQLException {
        Movements.lock(connection, asked.charge());
        var known = find(connection, asked.purpose().key());
        if (known.isPresent()) return before(connection, asked, known.get());
        boolean enough = asked.amount().amount() <= Movements.left(connection, asked.charge());
        var id = Ids.mint("re", clock.instant(), chance);
        var purpose = asked.purpose();
        int written = Sql.update(
                connection,
                """
                INSERT INTO sandbox.refund (id, idempotency_key, fingerprint, subject, attempt, payment, amount, currency, status, error_code, asked_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (idempotency_key) DO NOTHING
                """,
                id,
                purpose.key(),
                Entry.fingerprint(asked),
                purpose.escrow(),
                purpose.attempt(),
                asked.charge(),
                asked.amount().amount(),
                asked.amount().currency(),
                enough ? "succeeded" : "failed",
                enough ? null : "charge_already_refunded",
                node);
        var entry = find(connection, purpose.key()).orElseThrow();
        if (written == 0) return before(connection, asked, entry);
        if (enough) Movements.move(connection, id, Movements.PLATFORM, Movements.CARDS, asked.amount());
        deliveries.tell(connection, Wire.refund(entry));
        return entry;
    }

    private static Entry before(Connection connection, Refund asked, Entry known) throws SQLException {
        var then = Sql.one(
                        connection,
                        "SELECT fingerprint FROM sandbox.refund WHERE id = ?",
                        row -> row.getString(1),
                        known.id())
                .orElseThrow();
        Entry.sameRequest(asked.purpose().key(), then, Entry.fingerprint(asked));
        return known;
    }

    Optional<Entry> find(Connection connection, String key) throws SQLException {
        return Sql.one(connection, """
                SELECT id, idempotency_key, subject, attempt, amount, currency, status, error_code
                FROM sandbox.refund WHERE idempotency_key = ?
                """, Refunds::entry, key);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        var id = row.getString("id");
        var answer = switch (row.getString("status")) {
            case "succeeded" -> new Answer.Succeeded(id);
            case "failed" -> new Answer.Declined(row.getString("error_code"));
            case String other -> throw new IllegalStateException("the sandbox's books say " + other);
        };
        return new Entry(
                id,
                new Purpose(row.getString("idempotency_key"), row.getString("subject"), row.getInt("attempt")),
                new Money(row.getLong("amount"), row.getString("currency")),
                answer,
                Manner.PROMPT,
                false);
    }
}
