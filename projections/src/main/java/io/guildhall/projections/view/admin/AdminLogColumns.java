package io.guildhall.projections.view.admin;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.projections.readmodel.admin.AdminLogEntry;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;

/** The table {@code admin_log}. */
final class AdminLogColumns {
    static final RecordColumns<AdminLogEntry> ROW = RecordColumns.of(
            AdminLogEntry.class,
            column("id", TEXT, AdminLogEntry::id),
            column("at", TIMESTAMP, AdminLogEntry::at),
            column("account_id", TEXT, AdminLogEntry::accountId),
            column("action", enumOf(AdminLogEntry.Action.class), AdminLogEntry::action),
            column("by_id", TEXT, AdminLogEntry::by),
            optional("reason", TEXT, AdminLogEntry::reason));

    static final Table<AdminLogEntry> TABLE = new Table<>("admin_log", ROW, "id");

    private AdminLogColumns() {}
}
