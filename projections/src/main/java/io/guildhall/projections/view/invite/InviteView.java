package io.guildhall.projections.view.invite;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Every invite as it stands, for both its sides. */
public final class InviteView implements View {
    @Override
    public String name() {
        return "invites";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Invite.AGGREGATE, InviteView::apply));
    }

    private static void apply(Connection connection, Recorded<InviteEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case InviteEvent.Sent e -> send(connection, recorded, e);
            case InviteEvent.Accepted e ->
                change(
                        connection,
                        recorded,
                        "status = ?, refused = NULL, contract_id = ?",
                        InviteStatus.ACCEPTED,
                        e.contractId());
            case InviteEvent.Declined _ -> change(connection, recorded, "status = ?", InviteStatus.DECLINED);
            case InviteEvent.Withdrawn _ -> change(connection, recorded, "status = ?", InviteStatus.WITHDRAWN);
            case InviteEvent.Expired _ -> change(connection, recorded, "status = ?", InviteStatus.EXPIRED);
            case InviteEvent.Refused e ->
                change(
                        connection,
                        recorded,
                        "status = ?, refused = ?, contract_id = NULL",
                        e.why() == AcceptanceFailure.PAYOUT_NOT_READY ? InviteStatus.SENT : InviteStatus.REFUSED,
                        e.why());
            case InviteEvent.Reminded _ -> {}
        }
    }

    private static void send(Connection connection, Recorded<InviteEvent> recorded, InviteEvent.Sent e)
            throws SQLException {
        Sql.update(connection, """
                INSERT INTO invite (job_id, gig_id, tier, title, client_id, freelancer_id, message, price, currency, delivery_days,
                                    milestone_titles, milestone_amounts, milestone_days, expires_at, number, status, sent_at, version, id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'SENT', ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET title = excluded.title, message = excluded.message, price = excluded.price,
                       currency = excluded.currency, delivery_days = excluded.delivery_days, milestone_titles = excluded.milestone_titles,
                       milestone_amounts = excluded.milestone_amounts, milestone_days = excluded.milestone_days,
                       expires_at = excluded.expires_at, number = excluded.number, status = 'SENT', refused = NULL, contract_id = NULL,
                       sent_at = excluded.sent_at, version = excluded.version
                 WHERE invite.version < excluded.version
                """, Sql.join(values(e.letter()), e.at(), recorded.sequence(), recorded.entityId()));
    }

    private static Object[] values(InviteDetails it) {
        var milestones = it.offer().milestones();
        return new Object[] {
            it.source().jobId(),
            it.source().gigId(),
            it.source().tier(),
            it.source().title(),
            it.clientId(),
            it.freelancerId(),
            it.offer().message(),
            it.offer().price().amount(),
            it.offer().price().currency(),
            it.offer().deliveryDays(),
            Sql.texts(milestones.stream().map(MilestoneTerms::title).toList()),
            Sql.longs(milestones.stream().map(each -> each.amount().amount()).toList()),
            Sql.integers(milestones.stream().map(MilestoneTerms::days).toList()),
            it.expiresAt(),
            it.number()
        };
    }

    private static void change(Connection connection, Recorded<InviteEvent> recorded, String what, Object... values)
            throws SQLException {
        Sql.change(connection, "invite", recorded, what, values);
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE invite");
    }
}
