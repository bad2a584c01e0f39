package io.guildhall.projections.view.contract;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.Field.optionalEmbedded;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.RefundRequest;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.projections.readmodel.contract.MilestoneRow;
import io.guildhall.projections.readmodel.contract.MilestoneRow.Settled;
import io.guildhall.projections.readmodel.contract.MilestoneRow.Silence;
import io.guildhall.projections.store.RecordColumns;

/** The columns of a milestone, but for its contract's id. */
final class MilestoneFields {
    private static final RecordColumns<Milestone> MILESTONE = RecordColumns.of(
            Milestone.class,
            column("number", INTEGER, Milestone::number),
            column("title", TEXT, Milestone::title),
            amount("amount", Milestone::amount),
            column("days", INTEGER, Milestone::days),
            column("status", enumOf(Milestone.Status.class), Milestone::status),
            column("note", TEXT, Milestone::note));

    static final RecordColumns<RefundRequest> REQUEST = RecordColumns.of(
            RefundRequest.class,
            column("request_number", INTEGER, RefundRequest::number),
            column("request_by", TEXT, RefundRequest::by),
            amount("request_amount", RefundRequest::amount),
            column("request_reason", TEXT, RefundRequest::reason),
            column("request_at", TIMESTAMP, RefundRequest::at));

    static final RecordColumns<Silence> SILENCE = RecordColumns.of(
            Silence.class,
            column("silence_kind", enumOf(SilencePeriod.Kind.class), Silence::kind),
            column("silence_ends_at", TIMESTAMP, Silence::endsAt));

    static final RecordColumns<Settled> SETTLEMENT = RecordColumns.of(
            Settled.class,
            column("settlement_method", enumOf(SettlementDecision.Method.class), Settled::method),
            column("settlement_by", TEXT, Settled::by),
            column("settlement_reason", TEXT, Settled::reason),
            amount("settlement_refund", Settled::refund),
            amount("settlement_release", Settled::release));

    static final RecordColumns<MilestoneRow> ROW = RecordColumns.of(
            MilestoneRow.class,
            embedded(MILESTONE, MilestoneRow::milestone),
            optional("funded_at", TIMESTAMP, MilestoneRow::fundedAt),
            optionalEmbedded(REQUEST, MilestoneRow::request),
            optionalEmbedded(SILENCE, MilestoneRow::silence),
            optionalEmbedded(SETTLEMENT, MilestoneRow::settlement));

    private MilestoneFields() {}
}
