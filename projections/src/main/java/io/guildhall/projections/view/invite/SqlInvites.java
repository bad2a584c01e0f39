package io.guildhall.projections.view.invite;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.Invites;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.NotSuspended;
import java.util.concurrent.CompletionStage;

public final class SqlInvites implements Invites {
    private static final PagedQuery<InviteRow> NEWEST_FIRST =
            PagedQuery.newestFirst("invites", "sent_at", "id", InviteColumns.ROW, InviteRow::sentAt, InviteRow::id);

    private final ReadDatabase database;

    public SqlInvites(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<InviteRow>> sentBy(String clientId, Page.Request page) {
        return database.query(connection ->
                NEWEST_FIRST.page(connection, page, "SELECT * FROM invite WHERE client_id = ?", clientId));
    }

    @Override
    public CompletionStage<Page<InviteRow>> receivedBy(String freelancerId, Page.Request page) {
        return database.query(connection -> NEWEST_FIRST.page(
                connection,
                page,
                "SELECT * FROM invite WHERE freelancer_id = ? AND " + NotSuspended.owner("client_id"),
                freelancerId));
    }
}
