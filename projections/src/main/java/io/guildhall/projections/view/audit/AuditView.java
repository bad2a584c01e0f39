package io.guildhall.projections.view.audit;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.audit.AuditTables.EntityRow;
import io.guildhall.projections.view.audit.AuditTables.MovementRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up what the events of escrows and discrepancies say about money, and finds what does not add up: an escrow's
 * charge equals what is held, owed, paid, kept as a fee and refunded after every event, and the fee is what its contract
 * says. The auditor compares the sums with the ledger and the movements with the payment provider. It is not rebuilt, so
 * that nothing that was found is forgotten.
 */
public final class AuditView implements View {
    @Override
    public String name() {
        return "audit";
    }

    @Override
    public boolean isRebuildable() {
        return false;
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(AuditTables.ENTITY.table(), AuditTables.TOTAL, AuditTables.MOVEMENT);
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(
                on(Escrow.AGGREGATE, AuditView::applyEscrow), on(Discrepancy.AGGREGATE, AuditView::applyDiscrepancy));
    }

    /** One transaction at a time changes the totals. */
    @Override
    public void lock(Connection connection, List<Recorded<?>> events) throws SQLException {
        Sql.list(connection, "SELECT pg_advisory_xact_lock(hashtextextended('audit-totals', 0))", _ -> true);
    }

    private static void applyEscrow(Connection connection, Recorded<EscrowEvent> recorded) throws SQLException {
        var event = AuditedEvent.of(recorded.entityId(), recorded.event());
        if (event.isEmpty()) return;
        var deal = recorded.event().deal();
        var subject = new Subject(Escrow.AGGREGATE.name(), deal.freelancerId(), deal.amount());
        add(connection, recorded, subject, recorded.event().at(), event.get());
    }

    private static void applyDiscrepancy(Connection connection, Recorded<DiscrepancyEvent> recorded)
            throws SQLException {
        var event = AuditedEvent.of(recorded.entityId(), recorded.event());
        if (event.isEmpty()) return;
        var amount = recorded.event().report().amount();
        var subject = new Subject(Discrepancy.AGGREGATE.name(), "", amount);
        add(connection, recorded, subject, recorded.event().at(), event.get());
    }

    /**
     * @param kind the name of the aggregate
     * @param price what the client has to pay; of a discrepancy, the surplus
     */
    private record Subject(String kind, String freelancerId, Money price) {}

    private static void add(
            Connection connection, Recorded<?> recorded, Subject subject, Instant at, AuditedEvent event)
            throws SQLException {
        var before = Sql.list(
                        connection,
                        "SELECT * FROM audit_entity WHERE id = ?",
                        row -> new Stored(AuditTables.ENTITY_ROW.read(row), row.getLong("version")),
                        recorded.entityId())
                .stream()
                .findFirst()
                .orElseGet(() -> Stored.none(recorded.entityId(), subject));
        if (before.version() >= recorded.sequence()) return;
        var amounts = before.row().amounts().plus(event.change());
        var after = new EntityRow(
                recorded.entityId(),
                subject.kind(),
                subject.freelancerId(),
                subject.price().currency(),
                amounts,
                before.row().checkedVersion());
        AuditTables.ENTITY.insertOrReplace(connection, recorded, after);
        addToTotal(connection, after.currency(), event.change());
        if (event.movement().isPresent())
            AuditTables.MOVEMENT.insert(connection, row(event.movement().get(), at));
        var imbalances = new ArrayList<>(amounts.imbalances(subject.price().amount(), event.releaseFollows()));
        imbalances.addAll(event.imbalances());
        if (!imbalances.isEmpty()) record(connection, after, imbalances);
    }

    private record Stored(EntityRow row, long version) {
        static Stored none(String id, Subject subject) {
            return new Stored(
                    new EntityRow(
                            id,
                            subject.kind(),
                            subject.freelancerId(),
                            subject.price().currency(),
                            Amounts.NONE,
                            0),
                    0);
        }
    }

    private static MovementRow row(AuditedEvent.Movement it, Instant at) {
        return new MovementRow(it.movement(), it.isReversal(), it.reference(), it.subject(), it.amount(), at);
    }

    private static void addToTotal(Connection connection, String currency, Amounts change) throws SQLException {
        Sql.update(connection, """
                INSERT INTO audit_total AS t (currency, charged, held, reserved, owed, paid, fees, refunded, surplus, written_off)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (currency) DO UPDATE
                   SET charged = t.charged + excluded.charged, held = t.held + excluded.held, reserved = t.reserved + excluded.reserved, owed = t.owed + excluded.owed,
                       paid = t.paid + excluded.paid, fees = t.fees + excluded.fees, refunded = t.refunded + excluded.refunded,
                       surplus = t.surplus + excluded.surplus, written_off = t.written_off + excluded.written_off
                """, Sql.join(new Object[] {currency}, Amounts.COLUMNS.values(change)));
    }

    /** The auditor records it as a discrepancy: a view sends no commands. */
    private static void record(Connection connection, EntityRow entity, List<Imbalance> imbalances)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO audit_finding (subject, what, amount, currency) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                entity.id(),
                "events: " + Imbalance.describe(imbalances),
                Imbalance.largest(imbalances),
                entity.currency());
    }
}
