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

import io.guildhall.domain.contract.Milestone;
import io.guildhall.projections.readmodel.contract.ContractRow;
import io.guildhall.projections.readmodel.contract.ContractStatus;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.util.stream.Collectors;

/** The tables {@code contract} and {@code contract_milestone}. */
final class ContractColumns {
    private static final RecordColumns<Milestone> MILESTONE = RecordColumns.of(
            Milestone.class,
            column("number", INTEGER, Milestone::number),
            column("title", TEXT, Milestone::title),
            amount("amount", Milestone::amount),
            column("days", INTEGER, Milestone::days),
            column("status", enumOf(Milestone.Status.class), Milestone::status),
            column("note", TEXT, Milestone::note));

    record MilestoneRow(String contractId, Milestone milestone) {}

    static final Table<MilestoneRow> MILESTONES = new Table<>(
            "contract_milestone",
            RecordColumns.of(
                    MilestoneRow.class,
                    column("contract_id", TEXT, MilestoneRow::contractId),
                    embedded(MILESTONE, MilestoneRow::milestone)),
            "contract_id",
            "number");

    /** The milestones of one contract, as arrays. */
    static final String MILESTONE_ARRAYS = MILESTONE.list().stream()
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
                    readOnly(arrays("milestone_", MILESTONE, ContractRow::milestones)),
                    column("drawn_at", TIMESTAMP, ContractRow::createdAt).ofComponent("createdAt"),
                    column("changed_at", TIMESTAMP, ContractRow::changedAt))
            .with(column("currency", TEXT, it -> it.price().currency()));

    static final VersionedTable<ContractRow> TABLE = new VersionedTable<>("contract", ROW);

    private ContractColumns() {}
}
