package io.guildhall.projections.view.contract;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.writeOnly;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.projections.readmodel.contract.HeldReleaseRow;
import io.guildhall.projections.store.Columns;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;

/** The table {@code held_release}. */
final class HeldReleaseColumns {
    static final RecordColumns<HeldReleaseRow> ROW = RecordColumns.of(
            HeldReleaseRow.class,
            column("contract_id", TEXT, HeldReleaseRow::contractId),
            column("number", INTEGER, HeldReleaseRow::number),
            column("title", TEXT, HeldReleaseRow::title),
            column("client_id", TEXT, HeldReleaseRow::clientId),
            column("freelancer_id", TEXT, HeldReleaseRow::freelancerId),
            amount("amount", HeldReleaseRow::amount),
            column("reason", enumOf(HeldReleaseRow.Reason.class), HeldReleaseRow::reason),
            column("held_at", TIMESTAMP, HeldReleaseRow::heldAt));

    /** A release that was held once. */
    record Entry(HeldReleaseRow row, boolean isWaiting) {
        String id() {
            return HeldReleaseColumns.id(row.contractId(), row.number());
        }
    }

    static final VersionedTable<Entry> TABLE = new VersionedTable<>(
            "held_release",
            Columns.of(
                    column("id", TEXT, Entry::id),
                    writeOnly(ROW, Entry::row),
                    column("currency", TEXT, it -> it.row().amount().currency()),
                    column("is_waiting", BOOLEAN, Entry::isWaiting)));

    private HeldReleaseColumns() {}

    static String id(String contractId, int number) {
        return contractId + "/" + number;
    }
}
