package io.guildhall.projections.view.invite;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.view.invite.InviteColumns.TABLE;

import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteEvent;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.OwnedList;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes every invite in its current state, for its client and its freelancer. */
public final class InviteView implements View {
    @Override
    public String name() {
        return "invites";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Invite.AGGREGATE, InviteView::apply));
    }

    @Override
    public List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events)
            throws SQLException {
        return OwnedList.changes(
                connection,
                kind,
                "invite",
                events,
                new OwnedList(AccountList.SENT_INVITES, "client_id"),
                new OwnedList(AccountList.RECEIVED_INVITES, "freelancer_id"));
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
                        e.why().isRetryable() ? InviteStatus.SENT : InviteStatus.REFUSED,
                        e.why());
            case InviteEvent.Reminded _ -> {}
        }
    }

    private static void change(
            Connection connection, Recorded<InviteEvent> recorded, String assignments, Object... values)
            throws SQLException {
        var at = recorded.event().at();
        TABLE.change(connection, recorded, assignments + ", changed_at = ?", Sql.join(values, at));
    }

    /** Every send replaces the whole row. */
    private static void send(Connection connection, Recorded<InviteEvent> recorded, InviteEvent.Sent e)
            throws SQLException {
        var row = new InviteRow(
                recorded.entityId(), e.letter(), InviteStatus.SENT, Optional.empty(), Optional.empty(), e.at(), e.at());
        TABLE.insertOrReplace(connection, recorded, row);
    }
}
