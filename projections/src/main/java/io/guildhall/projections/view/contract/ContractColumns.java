package io.guildhall.projections.view.contract;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.arrays;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.readOnly;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.readmodel.contract.HeldMilestoneRow;
import io.guildhall.projections.readmodel.contract.MilestoneRow;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.util.stream.Collectors;

/** The tables {@code contract} and {@code contract_milestone}. */
final class ContractColumns {
    record StoredMilestone(String contractId, MilestoneRow row) {}

    static final Table<StoredMilestone> MILESTONES = new Table<>(
            "contract_milestone",
            RecordColumns.of(
                    StoredMilestone.class,
                    column("contract_id", TEXT, StoredMilestone::contractId),
                    embedded(MilestoneFields.ROW, StoredMilestone::row)),
            "contract_id",
            "number");

    /** The milestones of one contract, as arrays. */
    static final String MILESTONE_ARRAYS = MilestoneFields.ROW.list().stream()
            .map(it -> "array_agg(%1$s ORDER BY number) AS milestone_%1$s".formatted(it.name()))
            .collect(Collectors.joining(", "));

    static final RecordColumns<ContractRow> ROW = RecordColumns.of(
                    ContractRow.class,
                    column("id", TEXT, ContractRow::id),
                    optional("job_id", TEXT, ContractRow::jobId),
                    optional("proposal_id", TEXT, ContractRow::proposalId),
                    optional("invite_id", TEXT, ContractRow::inviteId),
                    column("client_id", TEXT, ContractRow::clientId),
                    column("freelancer_id", TEXT, ContractRow::freelancerId),
                    column("title", TEXT, ContractRow::title),
                    amount("price", ContractRow::price),
                    column("fee_basis_points", INTEGER, ContractRow::feeBasisPoints),
                    column("status", enumOf(ContractStatus.class), ContractRow::status),
                    readOnly(arrays("milestone_", MilestoneFields.ROW, ContractRow::milestones)),
                    column("drawn_at", TIMESTAMP, ContractRow::createdAt).ofComponent("createdAt"),
                    column("changed_at", TIMESTAMP, ContractRow::changedAt))
            .with(column("currency", TEXT, it -> it.price().currency()));

    static final VersionedTable<ContractRow> TABLE = new VersionedTable<>("contract", ROW);

    /** A held milestone with what it needs of its contract. */
    static final RecordColumns<HeldMilestoneRow> HELD = RecordColumns.of(
            HeldMilestoneRow.class,
            column("contract_id", TEXT, HeldMilestoneRow::contractId),
            column("contract_title", TEXT, HeldMilestoneRow::contractTitle),
            column("client_id", TEXT, HeldMilestoneRow::clientId),
            column("freelancer_id", TEXT, HeldMilestoneRow::freelancerId),
            column("held_since", TIMESTAMP, HeldMilestoneRow::heldSince),
            embedded(MilestoneFields.ROW, HeldMilestoneRow::milestone));

    private ContractColumns() {}
}
