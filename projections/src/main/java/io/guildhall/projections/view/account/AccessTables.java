package io.guildhall.projections.view.account;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;

import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.time.Instant;
import java.util.Optional;

/** The tables {@code session} and {@code suspension}. */
final class AccessTables {
    /**
     * A session of an account.
     *
     * @param number the sequence number of the login
     * @param endedAt empty while it has not been ended, and for sessions that expire
     */
    record SessionRow(String id, String accountId, long number, Optional<Instant> endedAt) {}

    static final Table<SessionRow> SESSION = new Table<>(
            "session",
            RecordColumns.of(
                    SessionRow.class,
                    column("id", TEXT, SessionRow::id),
                    column("account_id", TEXT, SessionRow::accountId),
                    column("number", BIGINT, SessionRow::number),
                    optional("ended_at", TIMESTAMP, SessionRow::endedAt)),
            "id");

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
