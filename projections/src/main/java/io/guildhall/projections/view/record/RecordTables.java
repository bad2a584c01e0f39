package io.guildhall.projections.view.record;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.time.Instant;
import java.util.Optional;

/** The tables {@code record_contract}, {@code record_milestone} and {@code record_review}. */
final class RecordTables {
    record ContractEntry(String id, String freelancerId, String clientId, ContractStatus status) {}

    static final VersionedTable<ContractEntry> CONTRACTS = new VersionedTable<>(
            "record_contract",
            RecordColumns.of(
                    ContractEntry.class,
                    column("id", TEXT, ContractEntry::id),
                    column("freelancer_id", TEXT, ContractEntry::freelancerId),
                    column("client_id", TEXT, ContractEntry::clientId),
                    column("status", enumOf(ContractStatus.class), ContractEntry::status)));

    /** @param submittedAt the time of the first submission */
    record MilestoneEntry(
            String contractId,
            int number,
            String freelancerId,
            int days,
            Optional<Instant> fundedAt,
            Optional<Instant> submittedAt) {}

    static final Table<MilestoneEntry> MILESTONES = new Table<>(
            "record_milestone",
            RecordColumns.of(
                    MilestoneEntry.class,
                    column("contract_id", TEXT, MilestoneEntry::contractId),
                    column("number", INTEGER, MilestoneEntry::number),
                    column("freelancer_id", TEXT, MilestoneEntry::freelancerId),
                    column("days", INTEGER, MilestoneEntry::days),
                    optional("funded_at", TIMESTAMP, MilestoneEntry::fundedAt),
                    optional("submitted_at", TIMESTAMP, MilestoneEntry::submittedAt)),
            "contract_id",
            "number");

    record ReviewEntry(String id, String freelancerId, int overall) {}

    static final Table<ReviewEntry> REVIEWS = new Table<>(
            "record_review",
            RecordColumns.of(
                    ReviewEntry.class,
                    column("id", TEXT, ReviewEntry::id),
                    column("freelancer_id", TEXT, ReviewEntry::freelancerId),
                    column("overall", INTEGER, ReviewEntry::overall)),
            "id");

    private RecordTables() {}
}
