package io.guildhall.projections.view.invite;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.Invites;
import io.guildhall.projections.store.Keyset;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

public final class SqlInvites implements Invites {
    private static final Keyset<InviteRow> LATEST =
            new Keyset<>("invites", List.of(Instant.MAX, ""), row -> List.of(row.sentAt(), row.id()));

    private final ReadDatabase database;

    public SqlInvites(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<InviteRow>> sentBy(String clientId, Page.Request page) {
        return list("client_id", clientId, page);
    }

    @Override
    public CompletionStage<Page<InviteRow>> receivedBy(String freelancerId, Page.Request page) {
        return list("freelancer_id", freelancerId, page);
    }

    private CompletionStage<Page<InviteRow>> list(String column, String id, Page.Request page) {
        var sql = "SELECT * FROM invite WHERE " + column
                + " = ? AND (sent_at, id) < (?, ?) ORDER BY sent_at DESC, id DESC LIMIT ?";
        return database.query(connection -> LATEST.page(
                page,
                (after, limit) -> Sql.list(connection, sql, InviteColumns.ROW, id, after.get(0), after.get(1), limit)));
    }
}
