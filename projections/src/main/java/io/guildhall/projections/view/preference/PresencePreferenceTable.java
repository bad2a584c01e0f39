package io.guildhall.projections.view.preference;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;

import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;

/** The table {@code presence_preference}. */
final class PresencePreferenceTable {
    record PresenceRow(String accountId, boolean isHidden) {}

    static final VersionedTable<PresenceRow> TABLE = new VersionedTable<>(
            "presence_preference",
            "account_id",
            RecordColumns.of(
                    PresenceRow.class,
                    column("account_id", TEXT, PresenceRow::accountId),
                    column("is_hidden", BOOLEAN, PresenceRow::isHidden)));

    private PresencePreferenceTable() {}
}
