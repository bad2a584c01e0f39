package io.guildhall.projections.view.preference;

import io.guildhall.projections.readmodel.preference.PresencePreferences;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

public final class SqlPresencePreferences implements PresencePreferences {
    private final ReadDatabase database;

    public SqlPresencePreferences(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Set<String>> hidden(Set<String> accountIds) {
        return database.query(connection -> Set.copyOf(Sql.list(
                connection,
                "SELECT account_id FROM presence_preference WHERE account_id = ANY(?) AND is_hidden",
                row -> row.getString("account_id"),
                Sql.texts(List.copyOf(accountIds)))));
    }
}
