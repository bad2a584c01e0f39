package io.guildhall.projections.view.account;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.store.PagedQuery;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Queries of the table of {@link AccountView}. */
public final class SqlAccountDirectory implements AccountDirectory {
    private static final PagedQuery<AccountRow> NEWEST_FIRST = PagedQuery.newestFirst(
            "accounts", "registered_at", "id", AccountColumns.ROW, AccountRow::registeredAt, AccountRow::id);

    private final ReadDatabase database;

    public SqlAccountDirectory(ReadDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page<AccountRow>> list(Page.Request page) {
        return database.query(connection -> NEWEST_FIRST.page(connection, page, "SELECT * FROM account WHERE true"));
    }

    @Override
    public CompletionStage<Optional<AccountRow>> find(String accountId) {
        return database.query(connection ->
                Sql.list(connection, "SELECT * FROM account WHERE id = ?", AccountColumns.ROW, accountId).stream()
                        .findFirst());
    }
}
