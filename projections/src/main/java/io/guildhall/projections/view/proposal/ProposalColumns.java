package io.guildhall.projections.view.proposal;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.arrays;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.readOnly;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.BOOLEAN;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;
import io.guildhall.projections.view.MilestoneColumns;

/** The table {@code proposal}. */
final class ProposalColumns {
    static final RecordColumns<Terms> TERMS = RecordColumns.of(
                    Terms.class,
                    column("cover_letter", TEXT, Terms::coverLetter),
                    amount("price", Terms::price),
                    column("delivery_days", INTEGER, Terms::deliveryDays),
                    arrays(MilestoneColumns.PREFIX, MilestoneColumns.TERMS, Terms::milestones),
                    column("links", TEXTS, Terms::links))
            .with(column("currency", TEXT, it -> it.price().currency()));

    static final RecordColumns<ProposalRow> ROW = RecordColumns.of(
            ProposalRow.class,
            column("id", TEXT, ProposalRow::id),
            column("job_id", TEXT, ProposalRow::jobId),
            readOnly(optional("job_title", TEXT, ProposalRow::jobTitle)),
            column("client_id", TEXT, ProposalRow::clientId),
            column("freelancer_id", TEXT, ProposalRow::freelancerId),
            embedded(TERMS, ProposalRow::terms),
            column("status", enumOf(ProposalStatus.class), ProposalRow::status),
            column("seen", BOOLEAN, ProposalRow::seen),
            column("revision", BIGINT, ProposalRow::revision),
            optional("declined", enumOf(DeclineReason.class), ProposalRow::declineReason)
                    .ofComponent("declineReason"),
            optional("contract_id", TEXT, ProposalRow::contractId),
            column("submitted_at", TIMESTAMP, ProposalRow::submittedAt),
            column("changed_at", TIMESTAMP, ProposalRow::changedAt));

    static final VersionedTable<ProposalRow> TABLE = new VersionedTable<>("proposal", ROW);

    private ProposalColumns() {}
}
