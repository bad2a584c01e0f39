package io.guildhall.projections.view.timeline;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalAmount;
import static io.guildhall.projections.store.Field.optionalInteger;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import io.guildhall.projections.readmodel.timeline.TimelineEntry.What;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;

/** The table {@code timeline_entry}. */
final class TimelineColumns {
    static final RecordColumns<TimelineEntry> ENTRY = RecordColumns.of(
                    TimelineEntry.class,
                    column("contract_id", TEXT, TimelineEntry::contractId),
                    column("number", BIGINT, TimelineEntry::number),
                    column("at", TIMESTAMP, TimelineEntry::at),
                    column("by_id", TEXT, TimelineEntry::by),
                    column("what", enumOf(What.class), TimelineEntry::what),
                    optionalInteger("milestone", TimelineEntry::milestone),
                    column("title", TEXT, TimelineEntry::title),
                    optionalAmount("amount", TimelineEntry::amount),
                    column("note", TEXT, TimelineEntry::note),
                    column("previous", TEXT, TimelineEntry::previous),
                    column("hash", TEXT, TimelineEntry::hash))
            .with(optional("currency", TEXT, it -> it.amount().map(Money::currency)));

    static final Table<TimelineEntry> TABLE = new Table<>("timeline_entry", ENTRY, "contract_id", "number");

    private TimelineColumns() {}
}
