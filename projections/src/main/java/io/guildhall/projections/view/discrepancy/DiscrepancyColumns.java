package io.guildhall.projections.view.discrepancy;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalEmbedded;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.discrepancy.Report;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Expected;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Settlement;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Status;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;

/** The table {@code discrepancy}. */
final class DiscrepancyColumns {
    private static final RecordColumns<Expected> EXPECTED = RecordColumns.of(
            Expected.class,
            column("expected_amount", BIGINT, Expected::amount),
            column("expected_currency", TEXT, Expected::currency));

    static final RecordColumns<Settlement> SETTLEMENT = RecordColumns.of(
            Settlement.class,
            column("settled_at", TIMESTAMP, Settlement::at),
            column("settled_by", TEXT, Settlement::by),
            column("note", TEXT, Settlement::note));

    static final RecordColumns<DiscrepancyRow> ROW = RecordColumns.of(
                    DiscrepancyRow.class,
                    column("id", TEXT, DiscrepancyRow::id),
                    column("kind", enumOf(Report.Kind.class), DiscrepancyRow::kind),
                    column("movement", enumOf(Report.Movement.class), DiscrepancyRow::movement),
                    column("subject", TEXT, DiscrepancyRow::subject),
                    optional("contract_id", TEXT, DiscrepancyRow::contractId),
                    column("reference", TEXT, DiscrepancyRow::reference),
                    amount("amount", DiscrepancyRow::amount),
                    optionalEmbedded(EXPECTED, DiscrepancyRow::expected),
                    column("reported_at", TIMESTAMP, DiscrepancyRow::reportedAt),
                    column("status", enumOf(Status.class), DiscrepancyRow::status),
                    optionalEmbedded(SETTLEMENT, DiscrepancyRow::settlement))
            .with(column("currency", TEXT, it -> it.amount().currency()));

    static final VersionedTable<DiscrepancyRow> TABLE = new VersionedTable<>("discrepancy", ROW);

    private DiscrepancyColumns() {}
}
