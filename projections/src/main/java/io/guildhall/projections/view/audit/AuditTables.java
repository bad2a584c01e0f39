package io.guildhall.projections.view.audit;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.NUMERIC;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.discrepancy.Report;
import io.guildhall.kernel.Money;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.math.BigDecimal;
import java.time.Instant;

/** The tables {@code audit_entity}, {@code audit_total} and {@code audit_movement}. */
final class AuditTables {
    /**
     * The sums of an escrow or a discrepancy.
     *
     * @param kind the name of the aggregate
     * @param freelancerId empty if there is none
     * @param checkedVersion the last event with which the ledger was compared
     */
    record EntityRow(
            String id, String kind, String freelancerId, String currency, Amounts amounts, long checkedVersion) {}

    static final RecordColumns<EntityRow> ENTITY_ROW = RecordColumns.of(
            EntityRow.class,
            column("id", TEXT, EntityRow::id),
            column("kind", TEXT, EntityRow::kind),
            column("freelancer_id", TEXT, EntityRow::freelancerId),
            column("currency", TEXT, EntityRow::currency),
            embedded(Amounts.COLUMNS, EntityRow::amounts),
            column("checked_version", BIGINT, EntityRow::checkedVersion));

    static final VersionedTable<EntityRow> ENTITY = new VersionedTable<>("audit_entity", ENTITY_ROW);

    /** The sum of all escrows and discrepancies in one currency. */
    record TotalRow(
            String currency,
            BigDecimal charged,
            BigDecimal held,
            BigDecimal reserved,
            BigDecimal owed,
            BigDecimal paid,
            BigDecimal fees,
            BigDecimal refunded,
            BigDecimal surplus,
            BigDecimal writtenOff) {}

    static final RecordColumns<TotalRow> TOTAL_ROW = RecordColumns.of(
            TotalRow.class,
            column("currency", TEXT, TotalRow::currency),
            column("charged", NUMERIC, TotalRow::charged),
            column("held", NUMERIC, TotalRow::held),
            column("reserved", NUMERIC, TotalRow::reserved),
            column("owed", NUMERIC, TotalRow::owed),
            column("paid", NUMERIC, TotalRow::paid),
            column("fees", NUMERIC, TotalRow::fees),
            column("refunded", NUMERIC, TotalRow::refunded),
            column("surplus", NUMERIC, TotalRow::surplus),
            column("written_off", NUMERIC, TotalRow::writtenOff));

    static final Table<TotalRow> TOTAL = new Table<>("audit_total", TOTAL_ROW, "currency");

    /** A movement of money that an event has recorded. */
    record MovementRow(
            Report.Movement movement, boolean isReversal, String reference, String subject, Money amount, Instant at) {}

    static final Table<MovementRow> MOVEMENT = new Table<>(
            "audit_movement",
            RecordColumns.of(
                            MovementRow.class,
                            column("movement", enumOf(Report.Movement.class), MovementRow::movement),
                            column("is_reversal", BOOLEAN, MovementRow::isReversal),
                            column("reference", TEXT, MovementRow::reference),
                            column("subject", TEXT, MovementRow::subject),
                            amount("amount", MovementRow::amount),
                            column("at", TIMESTAMP, MovementRow::at))
                    .with(
                            column("currency", TEXT, it -> it.amount().currency()),
                            column("state", TEXT, _ -> "UNCONFIRMED")),
            "reference",
            "subject",
            "movement",
            "is_reversal");

    private AuditTables() {}
}
