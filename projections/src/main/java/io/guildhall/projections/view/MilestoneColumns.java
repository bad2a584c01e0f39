package io.guildhall.projections.view;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;

import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.projections.store.RecordColumns;

/** The milestones of proposals and invites: an array for each column, with an element for each milestone. */
public final class MilestoneColumns {
    public static final String PREFIX = "milestone_";

    public static final RecordColumns<MilestoneTerms> TERMS = RecordColumns.of(
            MilestoneTerms.class,
            column("titles", TEXT, MilestoneTerms::title),
            amount("amounts", MilestoneTerms::amount),
            column("days", INTEGER, MilestoneTerms::days));

    private MilestoneColumns() {}
}
