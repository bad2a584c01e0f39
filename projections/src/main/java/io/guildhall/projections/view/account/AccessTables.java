package io.guildhall.projections.view.account;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;

import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.time.Instant;

/** The tables {@code session_generation} and {@code suspension}. */
final class AccessTables {
    /** @param generation how often all sessions of the account were ended */
    record GenerationRow(String accountId, int generation) {}

    static final Table<GenerationRow> GENERATION = new Table<>(
            "session_generation",
            RecordColumns.of(
                    GenerationRow.class,
                    column("account_id", TEXT, GenerationRow::accountId),
                    column("generation", INTEGER, GenerationRow::generation)),
            "account_id");

    /** The last suspension of an account. */
    record SuspensionRow(String accountId, boolean isSuspended, String reason, String by, Instant since) {}

    static final VersionedTable<SuspensionRow> SUSPENSION = new VersionedTable<>(
            "suspension",
            "account_id",
            RecordColumns.of(
                    SuspensionRow.class,
                    column("account_id", TEXT, SuspensionRow::accountId),
                    column("is_suspended", BOOLEAN, SuspensionRow::isSuspended),
                    column("reason", TEXT, SuspensionRow::reason),
                    column("by_id", TEXT, SuspensionRow::by),
                    column("since", TIMESTAMP, SuspensionRow::since)));

    private AccessTables() {}
}
