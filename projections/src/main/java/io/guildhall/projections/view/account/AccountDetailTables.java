package io.guildhall.projections.view.account;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;

import io.guildhall.projections.readmodel.account.PastSuspension;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;

/** The table {@code account_suspension}. */
final class AccountDetailTables {
    static final RecordColumns<PastSuspension> SUSPENSION_ROW = RecordColumns.of(
            PastSuspension.class,
            column("account_id", TEXT, PastSuspension::accountId),
            column("number", BIGINT, PastSuspension::number),
            column("reason", TEXT, PastSuspension::reason),
            column("by_id", TEXT, PastSuspension::by),
            column("suspended_at", TIMESTAMP, PastSuspension::at),
            optional("lifted_by", TEXT, PastSuspension::liftedBy),
            optional("lifted_at", TIMESTAMP, PastSuspension::liftedAt));

    static final Table<PastSuspension> SUSPENSION =
            new Table<>("account_suspension", SUSPENSION_ROW, "account_id", "number");

    private AccountDetailTables() {}
}
