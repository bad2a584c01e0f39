package io.guildhall.projections.view.gig;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.view.gig.GigColumns.TABLE;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigEvent;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.GigStatus;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.view.OwnedList;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes every gig in its current state, for its page and the lists of its freelancer. */
public final class GigView implements View {
    @Override
    public String name() {
        return "gigs";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Gig.AGGREGATE, GigView::apply));
    }

    @Override
    public List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events)
            throws SQLException {
        return OwnedList.changes(connection, kind, "gig", events, new OwnedList(AccountList.GIGS, "freelancer_id"));
    }

    private static void apply(Connection connection, Recorded<GigEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case GigEvent.Posted e ->
                TABLE.insert(
                        connection,
                        recorded,
                        new GigRow(recorded.entityId(), e.freelancerId(), e.details(), GigStatus.DRAFT, 1, e.at()));
            case GigEvent.Edited e ->
                TABLE.change(connection, recorded, GigColumns.DETAILS, e.details(), "revision = revision + 1");
            case GigEvent.Published _ -> TABLE.change(connection, recorded, "status = ?", GigStatus.ACTIVE);
            case GigEvent.Paused _ -> TABLE.change(connection, recorded, "status = ?", GigStatus.PAUSED);
            case GigEvent.Archived _ -> TABLE.change(connection, recorded, "status = ?", GigStatus.ARCHIVED);
        }
    }
}
