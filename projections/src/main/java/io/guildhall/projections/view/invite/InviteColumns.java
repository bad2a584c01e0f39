package io.guildhall.projections.view.invite;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.arrays;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;
import io.guildhall.projections.view.MilestoneColumns;

/** The table {@code invite}. */
final class InviteColumns {
    private static final RecordColumns<Source> SOURCE = RecordColumns.of(
            Source.class,
            optional("job_id", TEXT, Source::jobId),
            optional("gig_id", TEXT, Source::gigId),
            optional("tier", enumOf(Tier.class), Source::tier),
            column("title", TEXT, Source::title));

    private static final RecordColumns<Offer> OFFER = RecordColumns.of(
                    Offer.class,
                    column("message", TEXT, Offer::message),
                    amount("price", Offer::price),
                    column("delivery_days", INTEGER, Offer::deliveryDays),
                    arrays(MilestoneColumns.PREFIX, MilestoneColumns.TERMS, Offer::milestones))
            .with(column("currency", TEXT, it -> it.price().currency()));

    private static final RecordColumns<InviteDetails> DETAILS = RecordColumns.of(
            InviteDetails.class,
            embedded(SOURCE, InviteDetails::source),
            column("client_id", TEXT, InviteDetails::clientId),
            column("freelancer_id", TEXT, InviteDetails::freelancerId),
            embedded(OFFER, InviteDetails::offer),
            column("expires_at", TIMESTAMP, InviteDetails::expiresAt),
            column("number", INTEGER, InviteDetails::number));

    static final RecordColumns<InviteRow> ROW = RecordColumns.of(
            InviteRow.class,
            column("id", TEXT, InviteRow::id),
            embedded(DETAILS, InviteRow::details),
            column("status", enumOf(InviteStatus.class), InviteRow::status),
            optional("refused", enumOf(AcceptanceFailure.class), InviteRow::acceptanceFailure)
                    .ofComponent("acceptanceFailure"),
            optional("contract_id", TEXT, InviteRow::contractId),
            column("sent_at", TIMESTAMP, InviteRow::sentAt),
            column("changed_at", TIMESTAMP, InviteRow::changedAt));

    static final VersionedTable<InviteRow> TABLE = new VersionedTable<>("invite", ROW);

    private InviteColumns() {}
}
