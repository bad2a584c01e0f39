package io.guildhall.projections.view.account;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.account.AccountStatus;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;

/** The table {@code account}. */
final class AccountColumns {
    static final RecordColumns<AccountRow> ROW = RecordColumns.of(
            AccountRow.class,
            column("id", TEXT, AccountRow::id),
            column("email", TEXT, AccountRow::email),
            column("name", TEXT, AccountRow::name),
            column("country", TEXT, AccountRow::country),
            column("roles", TEXTS, AccountRow::roles),
            column("status", enumOf(AccountStatus.class), AccountRow::status),
            column("is_premium", BOOLEAN, AccountRow::isPremium),
            column("registered_at", TIMESTAMP, AccountRow::registeredAt));

    static final VersionedTable<AccountRow> TABLE = new VersionedTable<>("account", ROW);

    private AccountColumns() {}
}
