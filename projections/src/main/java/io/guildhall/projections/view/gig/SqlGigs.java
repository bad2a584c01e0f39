package io.guildhall.projections.view.gig;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.Gigs;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.NotSuspended;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlGigs implements Gigs {
    private static final PagedQuery<GigRow> OF_FREELANCER =
            PagedQuery.newestFirst("gigs", "posted_at", "id", GigColumns.ROW, GigRow::postedAt, GigRow::id);

    private static final String SELECT_ACTIVE =
            "SELECT * FROM gig WHERE status = 'ACTIVE' AND " + NotSuspended.owner("freelancer_id");

    private final ReadDatabase database;

    public SqlGigs(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<GigRow>> active(List<String> ids) {
        return database.query(
                connection -> Sql.list(connection, SELECT_ACTIVE + " AND id = ANY(?)", GigColumns.ROW, Sql.texts(ids)));
    }

    @Override
    public CompletionStage<Page<GigRow>> activeOf(String freelancerId, Page.Request page) {
        return page(SELECT_ACTIVE + " AND freelancer_id = ?", freelancerId, page);
    }

    @Override
    public CompletionStage<Page<GigRow>> ofFreelancer(String freelancerId, Page.Request page) {
        return page("SELECT * FROM gig WHERE freelancer_id = ?", freelancerId, page);
    }

    private CompletionStage<Page<GigRow>> page(String select, String freelancerId, Page.Request page) {
        return database.query(connection -> OF_FREELANCER.page(connection, page, select, freelancerId));
    }
}
