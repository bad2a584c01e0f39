package io.guildhall.projections.view.profile;

import io.guildhall.projections.readmodel.profile.PublicUser;
import io.guildhall.projections.readmodel.profile.PublicUsers;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Queries of the table of {@link PublicUserView}. */
public final class SqlPublicUsers implements PublicUsers {
    private final ReadDatabase database;

    public SqlPublicUsers(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<PublicUser>> find(Collection<String> accountIds) {
        return database.query(connection -> Sql.list(
                connection,
                "SELECT * FROM public_user WHERE account_id = ANY(?)",
                PublicUserView.ROW,
                Sql.texts(List.copyOf(accountIds))));
    }
}
