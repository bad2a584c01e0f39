package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.Entry.Manner;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Answer;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import io.guildhall.port.PaymentGateway.Purpose;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Transfers out of a charge to a connected account: never more than the charge brought, never to an account that may not have it. */
final class Transfers {
    private static final String COLUMNS =
            "id, idempotency_key, subject, attempt, amount, currency, destination, status, error_code";

    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Deliveries deliveries;
    private final String node;
    private final Duration lateness;

    Transfers(InstantSource clock, RandomGenerator chance, Deliveries deliveries, SandboxSettings settings) {
        this.clock = clock;
        this.chance = chance;
        this.deliveries = deliveries;
        this.node = settings.node();
        this.lateness = settings.lateness();
    }

    Entry write(Connection connection, Transfer asked) throws SQLException {
        Movements.lock(connection, asked.charge());
        var known = find(connection, asked.purpose().key());
        if (known.isPresent()) return before(connection, asked, known.get());
        var account = Accounts.byId(connection, asked.account());
        var refusal = refusal(connection, asked, account);
        var manner = account.map(Accounts.Row::behaviour).orElse(Manner.PROMPT);
        var status = refusal.isPresent() ? "failed" : manner == Manner.LATE ? "processing" : "paid";
        var id = Ids.mint("tr", clock.instant(), chance);
        var purpose = asked.purpose();
        int written = Sql.update(
                connection,
                """
                INSERT INTO sandbox.transfer (id, idempotency_key, fingerprint, subject, attempt, source, destination, amount, currency,
                       status, error_code, asked_by, settles_at, settled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        CASE WHEN ?::text = 'processing' THEN clock_timestamp() + ? * interval '1 ms' END,
                        CASE WHEN ?::text <> 'processing' THEN clock_timestamp() END)
                ON CONFLICT (idempotency_key) DO NOTHING
                """,
                id,
                purpose.key(),
                Entry.fingerprint(asked),
                purpose.escrow(),
                purpose.attempt(),
                asked.charge(),
                asked.account(),
                asked.amount().amount(),
                asked.amount().currency(),
                status,
                refusal.orElse(null),
                node,
                status,
                lateness.toMillis(),
                status);
        var entry = find(connection, purpose.key()).orElseThrow();
        if (written == 0) return before(connection, asked, entry);
        if (status.equals("paid")) pay(connection, id, asked.account(), asked.amount());
        deliveries.tell(connection, Wire.transfer(entry));
        return new Entry(
                id, purpose, asked.amount(), entry.answer(), refusal.isPresent() ? Manner.PROMPT : manner, true);
    }

    private static Entry before(Connection connection, Transfer asked, Entry known) throws SQLException {
        var then = Sql.one(
                        connection,
                        "SELECT fingerprint FROM sandbox.transfer WHERE id = ?",
                        row -> row.getString(1),
                        known.id())
                .orElseThrow();
        Entry.sameRequest(asked.purpose().key(), then, Entry.fingerprint(asked));
        return known;
    }

    private static Optional<String> refusal(Connection connection, Transfer asked, Optional<Accounts.Row> account)
            throws SQLException {
        if (account.isEmpty()) return Optional.of("resource_missing");
        if (!account.get().status().equals("verified")) return Optional.of("insufficient_capabilities_for_transfer");
        if (asked.amount().amount() > Movements.left(connection, asked.charge()))
            return Optional.of("balance_insufficient");
        return Optional.empty();
    }

    Optional<Entry> find(Connection connection, String key) throws SQLException {
        return Sql.one(
                connection,
                "SELECT " + COLUMNS + " FROM sandbox.transfer WHERE idempotency_key = ?",
                Transfers::entry,
                key);
    }

    void settleDue(Connection connection) throws SQLException {
        record Due(Entry entry, String destination) {}
        var due = Sql.list(connection, """
                UPDATE sandbox.transfer SET status = 'paid', settled_at = clock_timestamp()
                WHERE id IN (SELECT id FROM sandbox.transfer
                             WHERE status = 'processing' AND settles_at <= clock_timestamp() FOR UPDATE SKIP LOCKED)
                RETURNING\s""" + COLUMNS, row -> new Due(entry(row), row.getString("destination")));
        for (var transfer : due) {
            pay(
                    connection,
                    transfer.entry().id(),
                    transfer.destination(),
                    transfer.entry().amount());
            deliveries.tell(connection, Wire.transfer(transfer.entry()));
        }
    }

    private static void pay(Connection connection, String id, String account, Money amount) throws SQLException {
        Movements.move(connection, id, Movements.PLATFORM, account, amount);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("id"),
                new Purpose(row.getString("idempotency_key"), row.getString("subject"), row.getInt("attempt")),
                new Money(row.getLong("amount"), row.getString("currency")),
                answer(row),
                Manner.PROMPT,
                false);
    }

    private static Answer answer(ResultSet row) throws SQLException {
        return switch (row.getString("status")) {
            case "processing" -> new Answer.Pending(row.getString("id"));
            case "paid" -> new Answer.Succeeded(row.getString("id"));
            case "failed" -> new Answer.Declined(row.getString("error_code"));
            case String other -> throw new IllegalStateException("the sandbox's books say " + other);
        };
    }
}
